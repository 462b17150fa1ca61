-- params: mineId asAt code severity afterId limit
-- returns: id eventId boundaryId onDate stage code severity params areaM2 lng lat createdAt geometry
-- Findings that stand: their event was not retracted, or their boundary is (on a date: was) in force. The area decides no order: a list that
-- is read page by page must not shift.
select f.id, f.event_id as "eventId", f.boundary_id as "boundaryId", coalesce(e.effective_on, b.valid_from) as "onDate", e.stage, f.code,
  f.severity, f.params, f.area_m2 as "areaM2", st_x(p.point) as lng, st_y(p.point) as lat, f.created_at as "createdAt",
  cast(st_asgeojson(f.geom, 9) as json) as geometry
from land_finding f
left join land_event e on e.id = f.event_id
left join boundary b on b.id = f.boundary_id
cross join lateral (select st_pointonsurface(f.geom) as point) p
where f.mine_id = cast(:mineId as bigint)
  and (e.id is null or (e.retracted_at is null and (cast(:asAt as date) is null or e.effective_on <= cast(:asAt as date))))
  and (b.id is null or ((cast(:asAt as date) is null or b.valid_from <= cast(:asAt as date))
    and (b.valid_to is null or b.valid_to > coalesce(cast(:asAt as date), current_date))))
  and (cast(:code as text) is null or f.code = cast(:code as text))
  and (cast(:severity as text) is null or f.severity = cast(:severity as text))
  and (cast(:afterId as bigint) is null or f.id < cast(:afterId as bigint))
order by f.id desc
limit cast(:limit as int)
