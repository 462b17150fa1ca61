-- params: mineId patchId west south east north asAt habitatCode afterId limit
-- returns: id mineId nameZh nameEn habitatCode uses seasonFrom seasonTo quality sensitivity taxonIds validFrom validTo supersedes areaM2 geometry revision
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
  -- a version that grew out of a hidden one does not tell of it
  (select earlier.id from habitat_patch earlier where earlier.id = p.supersedes_id and earlier.sensitivity = 0)
    as supersedes,
  p.area_m2 as "areaM2",
  cast(st_asgeojson(p.geom, 9) as json) as geometry,
  p.revision
from habitat_patch p
where p.sensitivity = 0
  and p.mine_id = :mineId
  and (cast(:patchId as uuid) is null or p.id = cast(:patchId as uuid))
  and (cast(:west as double precision) is null
    or p.geom && st_makeenvelope(
      cast(:west as double precision), cast(:south as double precision),
      cast(:east as double precision), cast(:north as double precision), 4326))
  and (cast(:asAt as date) is null
    or (p.valid_from <= cast(:asAt as date) and (p.valid_to is null or p.valid_to > cast(:asAt as date))))
  and (cast(:habitatCode as text) is null or p.habitat_code = :habitatCode)
  and (cast(:afterId as uuid) is null or p.id > cast(:afterId as uuid))
order by p.id
limit :limit
