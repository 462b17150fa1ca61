-- params: mineId geometryJson effectiveOn
-- returns: geometryJson areaM2
-- The part of an outline that no earlier event disturbed by the end of a date, slivers left out; null where there is none.
with e as materialized (
  select st_setsrid(st_geomfromgeojson(cast(:geometryJson as text)), 4326) as geom
), ground as (
  select coalesce(overlay_union(array_agg(c.geom)), 'srid=4326;multipolygon empty') as geom
  from e join land_ground c on c.mine_id = cast(:mineId as bigint) and c.outline && e.geom and c.geom && e.geom
  where c.stage_rank >= 1 and c.valid_from <= cast(:effectiveOn as date) and (c.valid_to is null or c.valid_to > cast(:effectiveOn as date))
), part as (
  select (st_dump(overlay_difference(e.geom, ground.geom))).geom as geom from e, ground
), wide as (
  select geom from part where not overlay_is_sliver(st_area(geom::geography), st_perimeter(geom::geography))
)
select st_asgeojson(st_multi(st_collect(geom)), 15) as "geometryJson", sum(st_area(geom::geography)) as "areaM2" from wide having count(*) > 0
