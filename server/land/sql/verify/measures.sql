-- params: mineId
-- returns: eventId onDate fault expectedM2 storedM2
-- Events and cells whose area is not that of their outline, or whose outline is not sound: rows that came in bulk were measured and judged
-- before the database saw them. Two exact methods agree to 1e-9 of the area; what else may lie between them is the rounding of the database's,
-- which goes by way of the area between each edge and the equator.
select o.event_id as "eventId", o.on_date as "onDate",
  case when o.is_sound then 'area-differs-from-outline' else 'outline-not-sound' end as fault,
  o.expected_m2 as "expectedM2", o.stored_m2 as "storedM2"
from (
  select id as event_id, effective_on as on_date, area_m2 as stored_m2, st_area(geom::geography) as expected_m2,
    st_isvalid(geom) and not st_isempty(geom) as is_sound, st_npoints(geom) as corners
  from land_event where mine_id = :mineId
  union all
  select event_id, valid_from, area_m2, st_area(geom::geography), st_isvalid(geom) and not st_isempty(geom), st_npoints(geom)
  from land_ground where mine_id = :mineId
) o
where not o.is_sound or abs(o.expected_m2 - o.stored_m2) > 1e-3 + 1e-5 * o.corners + 1e-9 * o.expected_m2
order by 2, 1
