-- params: eventId
-- returns: eventIds
-- Events whose land an event may have taken: ordered before it and overlapping it.
select coalesce(array_agg(x.id), '{}') as "eventIds"
from land_event e
join land_event x on x.mine_id = e.mine_id and x.geom && e.geom
where e.id = cast(:eventId as bigint) and x.retracted_at is null
  and (x.effective_on, x.id) < (e.effective_on, e.id) and st_intersects(x.geom, e.geom)
