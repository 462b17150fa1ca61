-- params: categories mineId patchId west south east north asAt habitatCode afterId limit
-- returns: id mineId nameZh nameEn habitatCode uses seasonFrom seasonTo quality sensitivity taxonIds validFrom validTo supersedes areaM2 geometry revision
with readable as (
  select p.id
  from habitat_patch p
  where p.sensitivity = 0
    or p.sensitivity in (select cast(c as smallint) from jsonb_array_elements_text(cast(:categories as jsonb)) as given(c))
)
select
  p.id,
  p.mine_id as "mineId",
  p.name_zh as "nameZh",
  p.name_en as "nameEn",
  p.habitat_code as "habitatCode",
  p.uses,
  p.season_from as "seasonFrom",
  p.season_to as "seasonTo",
  p.quality,
  p.sensitivity,
  (select coalesce(json_agg(ht.taxon_id order by ht.taxon_id), '[]') from habitat_taxon ht where ht.patch_id = p.id)
    as "taxonIds",
  p.valid_from as "validFrom",
  p.valid_to as "validTo",
  (select earlier.id from readable earlier where earlier.id = p.supersedes_id) as supersedes,
  coalesce(p.area_m2, exact.area_m2) as "areaM2",
  cast(st_asgeojson(coalesce(p.geom, exact.geom), 9) as json) as geometry,
  p.revision
from habitat_patch p
join readable on readable.id = p.id
left join restricted.habitat_geometry exact on exact.patch_id = p.id
where p.mine_id = :mineId
  and (cast(:patchId as uuid) is null or p.id = cast(:patchId as uuid))
  and (cast(:west as double precision) is null
    or coalesce(p.geom, exact.geom) && st_makeenvelope(
      cast(:west as double precision), cast(:south as double precision),
      cast(:east as double precision), cast(:north as double precision), 4326))
  and (cast(:asAt as date) is null
    or (p.valid_from <= cast(:asAt as date) and (p.valid_to is null or p.valid_to > cast(:asAt as date))))
  and (cast(:habitatCode as text) is null or p.habitat_code = :habitatCode)
  and (cast(:afterId as uuid) is null or p.id > cast(:afterId as uuid))
order by p.id
limit :limit
