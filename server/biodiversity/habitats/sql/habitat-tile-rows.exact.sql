-- params: categories asAt west south east north
-- returns: id mineId nameZh nameEn habitatCode sensitivity areaM2 wkb
select
  p.id,
  p.mine_id as "mineId",
  p.name_zh as "nameZh",
  p.name_en as "nameEn",
  p.habitat_code as "habitatCode",
  p.sensitivity,
  coalesce(p.area_m2, exact.area_m2) as "areaM2",
  st_asbinary(coalesce(p.geom, exact.geom)) as wkb
from habitat_patch p
left join restricted.habitat_geometry exact on exact.patch_id = p.id
where (p.sensitivity = 0
    or p.sensitivity in (select cast(c as smallint) from jsonb_array_elements_text(cast(:categories as jsonb)) as given(c)))
  and p.valid_from <= cast(:asAt as date)
  and (p.valid_to is null or p.valid_to > cast(:asAt as date))
  and coalesce(p.geom, exact.geom) && st_makeenvelope(
    cast(:west as double precision), cast(:south as double precision),
    cast(:east as double precision), cast(:north as double precision), 4326)
order by p.id
