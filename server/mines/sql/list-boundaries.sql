-- params: mineId boundaryId kind asAt afterId limit
-- returns: id mineId kind validFrom validTo areaM2 declaredAreaM2 docRef geometry revision
select
  b.id,
  b.mine_id as "mineId",
  b.kind,
  b.valid_from as "validFrom",
  b.valid_to as "validTo",
  b.area_m2 as "areaM2",
  b.declared_area_m2 as "declaredAreaM2",
  b.doc_ref as "docRef",
  cast(st_asgeojson(b.geom, 9) as json) as geometry,
  b.revision
from boundary b
where b.mine_id = :mineId
  and (cast(:boundaryId as bigint) is null or b.id = :boundaryId)
  and (cast(:kind as text) is null or b.kind = :kind)
  and (cast(:asAt as date) is null
    or (b.valid_from <= cast(:asAt as date) and (b.valid_to is null or b.valid_to > cast(:asAt as date))))
  and (cast(:afterId as bigint) is null or b.id > :afterId)
order by b.id
limit :limit
