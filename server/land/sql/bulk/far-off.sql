-- params: mineId ids
-- returns: id distanceM lng lat
-- How far licensed events among many lie from the outlines of their mine in force on their date (from all of the mine's where none is), and
-- a point inside; only those that meet none. The same that place.sql says of one outline.
with e as materialized (
  select id, effective_on, geom from land_event where id = any (cast(:ids as bigint[])) and scope = 'LIC'
), own as materialized (
  select b.geom, b.valid_from, coalesce(b.valid_to, 'infinity') as valid_to
  from boundary b
  where b.mine_id = cast(:mineId as bigint) and b.kind in ('LICENCE', 'SURFRIGHT', 'RESP', 'RECLZONE', 'APPRLIM', 'PROJECT')
), day as materialized (
  select d.effective_on, exists (select from own where valid_from <= d.effective_on and valid_to > d.effective_on) as has_any
  from (select distinct effective_on from e) d
), near as materialized (
  select d.effective_on, o.geom from day d join own o on not d.has_any or (o.valid_from <= d.effective_on and o.valid_to > d.effective_on)
), apart as materialized (
  select e.id, e.effective_on, e.geom from e
  where not exists (select from near n where n.effective_on = e.effective_on and n.geom && e.geom and st_intersects(n.geom, e.geom))
)
select a.id, min(st_distance(n.geom::geography, a.geom::geography)) as "distanceM", st_x(st_pointonsurface(a.geom)) as lng,
  st_y(st_pointonsurface(a.geom)) as lat
from apart a join near n on n.effective_on = a.effective_on
group by a.id, a.geom
order by a.id
