-- params: mineId geometryJson effectiveOn
-- returns: areaM2 perimeterM insideM2 byStage
-- Where no boundary is known, everything counts as inside.
with e as materialized (
  select st_multi(st_setsrid(st_geomfromgeojson(cast(:geometryJson as text)), 4326)) as geom
), allowed as materialized (
  select count(b.id) as known, overlay_union(array_agg(b.geom) filter (
    where b.valid_from <= cast(:effectiveOn as date) and (b.valid_to is null or b.valid_to > cast(:effectiveOn as date)))) as geom
  from boundary b where b.mine_id = :mineId and b.kind in ('LICENCE', 'SURFRIGHT', 'RESP')
), covered as materialized (
  select c.stage, sum(st_area(overlay_intersection(c.geom, e.geom)::geography)) as area_m2
  from e join land_ground c on c.mine_id = :mineId and c.outline && e.geom and c.geom && e.geom
  where c.valid_from <= cast(:effectiveOn as date) and (c.valid_to is null or c.valid_to > cast(:effectiveOn as date))
    and st_intersects(c.geom, e.geom)
  group by c.stage
)
select st_area(e.geom::geography) as "areaM2", st_perimeter(e.geom::geography) as "perimeterM",
  case when allowed.known = 0 then st_area(e.geom::geography) when allowed.geom is null then 0
    else st_area(overlay_intersection(e.geom, allowed.geom)::geography) end as "insideM2",
  coalesce((select json_agg(json_build_object('stage', stage, 'areaM2', area_m2) order by stage) from covered where area_m2 > 0), '[]')
    as "byStage"
from e, allowed
