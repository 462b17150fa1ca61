-- params: west south east north asAt
-- returns: id mineId eventId boundaryId code severity areaM2 wkb
select f.id, f.mine_id as "mineId", f.event_id as "eventId", f.boundary_id as "boundaryId", f.code, f.severity, f.area_m2 as "areaM2",
  st_asbinary(f.geom) as wkb
from land_finding f
left join land_event e on e.id = f.event_id
left join boundary b on b.id = f.boundary_id
where (cast(:west as float8) is null or f.geom && st_makeenvelope(cast(:west as float8), cast(:south as float8), cast(:east as float8), cast(:north as float8), 4326))
  and ((e.retracted_at is null and e.effective_on <= cast(:asAt as date))
    or (b.valid_from <= cast(:asAt as date) and (b.valid_to is null or b.valid_to > cast(:asAt as date))))
order by f.id
