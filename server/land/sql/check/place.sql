-- params: mineId geometryJson effectiveOn
-- returns: distanceM lng lat
-- How far an outline lies from the outlines of its mine in force on the date (from all of the mine's where none is): null where it meets
-- one, or where the mine has none to go by. Redlines, reserves and farmland are not the mine's own and say nothing about its place.
with e as materialized (
  select st_setsrid(st_geomfromgeojson(cast(:geometryJson as text)), 4326) as geom
), own as materialized (
  select b.geom, b.valid_from <= cast(:effectiveOn as date) and (b.valid_to is null or b.valid_to > cast(:effectiveOn as date)) as in_force
  from boundary b
  where b.mine_id = cast(:mineId as bigint) and b.kind in ('LICENCE', 'SURFRIGHT', 'RESP', 'RECLZONE', 'APPRLIM', 'PROJECT')
), near as materialized (
  select geom from own where in_force or not exists (select from own where in_force)
)
select case when exists (select from e join near n on n.geom && e.geom and st_intersects(n.geom, e.geom)) then null
    else (select min(st_distance(n.geom::geography, e.geom::geography)) from near n, e) end as "distanceM",
  st_x(p.point) as lng, st_y(p.point) as lat
from (select st_pointonsurface(geom) as point from e) p
