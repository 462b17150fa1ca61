-- params: mineId facilityId type status asAt afterId limit
-- returns: id mineId type nameZh nameEn status validFrom validTo areaM2 attributes geometry revision
select
  f.id,
  f.mine_id as "mineId",
  f.type,
  f.name_zh as "nameZh",
  f.name_en as "nameEn",
  f.status,
  f.valid_from as "validFrom",
  f.valid_to as "validTo",
  f.area_m2 as "areaM2",
  f.attributes,
  cast(st_asgeojson(f.geom, 9) as json) as geometry,
  f.revision
from facility f
where f.mine_id = :mineId
  and (cast(:facilityId as bigint) is null or f.id = :facilityId)
  and (cast(:type as text) is null or f.type = :type)
  and (cast(:status as text) is null or f.status = :status)
  and (cast(:asAt as date) is null
    or (f.valid_from <= cast(:asAt as date) and (f.valid_to is null or f.valid_to > cast(:asAt as date))))
  and (cast(:afterId as bigint) is null or f.id > :afterId)
order by f.id
limit :limit
