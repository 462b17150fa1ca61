-- params: categories asAt west south east north
-- returns: id mineId scientificName nameZh nameEn eventDate sensitivity wkb
select
  o.id,
  o.mine_id as "mineId",
  t.scientific_name as "scientificName",
  t.name_zh as "nameZh",
  t.name_en as "nameEn",
  o.event_date as "eventDate",
  o.sensitivity,
  st_asbinary(coalesce(o.geom, exact.geom)) as wkb
from occurrence o
left join taxon t on t.id = o.taxon_id
left join restricted.occurrence_geometry exact on exact.occurrence_id = o.id
where (o.sensitivity = 0
    or o.sensitivity in (select cast(c as smallint) from jsonb_array_elements_text(cast(:categories as jsonb)) as given(c)))
  and o.occurrence_status = 'detected'
  and o.event_date <= cast(:asAt as date)
  and coalesce(o.geom, exact.geom) && st_makeenvelope(
    cast(:west as double precision), cast(:south as double precision),
    cast(:east as double precision), cast(:north as double precision), 4326)
order by o.id
