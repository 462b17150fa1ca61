-- params: mineId
-- returns: onDate unionM2 cellsM2
-- Sum of the cells against the area of the union of all events, on every date of an event. The union grows by what each event
-- covers beyond all events ordered before it, so its area is a running sum; no union of everything is ever made.
with known as materialized (
  select id, mine_id, effective_on, geom, st_perimeter(geom::geography) as outline_m from land_event where mine_id = :mineId and retracted_at is null
), growth as materialized (
  select y.effective_on as on_date, y.outline_m,
    st_area((case when before.geom is null then y.geom else overlay_difference(y.geom, before.geom) end)::geography) as area_m2
  from known y
  left join lateral (
    select overlay_union(array_agg(x.geom)) as geom from land_event x
    where x.geom && y.geom and x.mine_id + 0 = y.mine_id and x.retracted_at is null and (x.effective_on, x.id) < (y.effective_on, y.id) and st_intersects(x.geom, y.geom)
  ) before on true
), grown as (
  select on_date, sum(sum(area_m2)) over (order by on_date) as union_m2, sum(sum(outline_m)) over (order by on_date) as outlines_m
  from growth group by on_date
), moved as (
  select valid_from as on_date, area_m2 from land_cell where mine_id = :mineId
  union all
  select valid_to, -area_m2 from land_cell where mine_id = :mineId and valid_to is not null
), held as (
  select on_date, sum(sum(area_m2)) over (order by on_date) as cells_m2 from moved group by on_date
)
select coalesce(g.on_date, h.on_date) as "onDate", coalesce(g.union_m2, 0) as "unionM2", coalesce(h.cells_m2, 0) as "cellsM2"
from grown g full join held h on h.on_date = g.on_date
where g.on_date is null or h.on_date is null or abs(g.union_m2 - h.cells_m2) > 0.01 + least(1e-4 * g.union_m2, 1e-4 * g.outlines_m)
order by 1
