-- params: mineId
-- returns: eventId onDate expectedM2 storedM2 misplacedM2
-- What is visible of each event on each date on which it can change, made afresh in one step (its outline without the union of every
-- later-ordered event until then), against the stored cells of that date. The ledger itself goes event by event: two ways, one answer.
-- What meets what is looked up in the index for each event, whatever the planner thinks of a table that has just grown.
-- Tolerance: one grid cell along the outline, and a millionth of the area.
with known as materialized (
  select id, mine_id, effective_on, geom, area_m2, st_perimeter(geom::geography) as outline_m
  from land_event where mine_id = :mineId and retracted_at is null
), later as materialized (
  select x.id, y.effective_on as on_date, y.geom
  from known x cross join lateral (
    select y.effective_on, y.geom from land_event y
    where y.geom && x.geom and y.mine_id + 0 = x.mine_id and y.retracted_at is null and (y.effective_on, y.id) > (x.effective_on, x.id)
      and st_intersects(y.geom, x.geom)
    offset 0
  ) y
), breakpoint as materialized (
  select id, effective_on as on_date from known
  union
  select id, on_date from later
), cover as materialized (
  select b.id, b.on_date, overlay_union(array_agg(l.geom)) as geom
  from breakpoint b join later l on l.id = b.id and l.on_date <= b.on_date
  group by b.id, b.on_date
), expected as materialized (
  select b.id, b.on_date, x.area_m2 as event_m2, x.outline_m,
    case when c.geom is null then x.geom else overlay_difference(x.geom, c.geom) end as geom
  from breakpoint b
  join known x on x.id = b.id
  left join cover c on c.id = b.id and c.on_date = b.on_date
), compared as materialized (
  select e.id, e.on_date, e.event_m2, e.outline_m, st_area(e.geom::geography) as expected_m2, coalesce(sum(c.area_m2), 0) as stored_m2,
    coalesce(sum(case when c.geom = e.geom then 0 else st_area(overlay_difference(c.geom, e.geom)::geography) end), 0) as misplaced_m2
  from expected e left join land_ground c
    on c.event_id = e.id and c.valid_from <= e.on_date and (c.valid_to is null or c.valid_to > e.on_date)
  group by e.id, e.on_date, e.event_m2, e.outline_m, e.geom
)
select id as "eventId", on_date as "onDate", expected_m2 as "expectedM2", stored_m2 as "storedM2", misplaced_m2 as "misplacedM2"
from compared
where greatest(abs(expected_m2 - stored_m2), misplaced_m2) > 0.01 + 1e-4 * outline_m + 1e-6 * event_m2
order by on_date, id
