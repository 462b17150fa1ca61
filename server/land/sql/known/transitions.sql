-- params: mineId afterDate untilDate knownAt
-- returns: onDate fromStage fromScope toStage toScope reason isRounding areaM2
-- What passed from stage to stage in (afterDate, untilDate] as it was known at an instant, afresh from the events: the land that an event
-- took on its day from what was visible the day before.
with known as materialized (
  select id, stage, scope, reason, effective_on, geom
  from land_event
  where mine_id = :mineId and effective_on <= cast(:untilDate as date) and recorded_at <= cast(:knownAt as timestamptz)
    and (retracted_at is null or retracted_at > cast(:knownAt as timestamptz))
), arrival as materialized (
  select y.id, y.stage, y.scope, y.reason, y.effective_on,
    case when day.geom is null then y.geom else overlay_difference(y.geom, day.geom) end as geom
  from known y
  left join lateral (
    select overlay_union(array_agg(e.geom)) as geom from known e
    where e.effective_on = y.effective_on and e.id > y.id and e.geom && y.geom and st_intersects(e.geom, y.geom)
  ) day on true
  where y.effective_on > cast(:afterDate as date)
), pair as materialized (
  select x.id as from_id, y.id as to_id, y.effective_on, x.effective_on as from_on, overlay_intersection(x.geom, y.geom) as geom
  from arrival y join known x on x.effective_on < y.effective_on and x.geom && y.geom and st_intersects(x.geom, y.geom)
  where not st_isempty(y.geom)
), passed as materialized (
  select p.from_id, p.to_id,
    st_area((case when between_them.geom is null then p.geom else overlay_difference(p.geom, between_them.geom) end)::geography) as area_m2
  from pair p
  left join lateral (
    select overlay_union(array_agg(z.geom)) as geom from known z
    where z.effective_on < p.effective_on and (z.effective_on, z.id) > (p.from_on, p.from_id) and z.geom && p.geom
      and st_intersects(z.geom, p.geom)
  ) between_them on true
), flow as (
  select y.effective_on, x.stage as from_stage, x.scope as from_scope, y.stage, y.scope, y.reason, false as is_rounding, p.area_m2
  from passed p join known x on x.id = p.from_id join arrival y on y.id = p.to_id
  where p.area_m2 > 0
  union all
  select y.effective_on, null, null, y.stage, y.scope, y.reason,
    abs(st_area(y.geom::geography) - coalesce(t.area_m2, 0)) <= greatest(0.01, 1e-7 * st_area(y.geom::geography)),
    st_area(y.geom::geography) - coalesce(t.area_m2, 0)
  from arrival y left join (select to_id, sum(area_m2) as area_m2 from passed group by to_id) t on t.to_id = y.id
)
select effective_on as "onDate", from_stage as "fromStage", from_scope as "fromScope", stage as "toStage", scope as "toScope", reason,
  is_rounding as "isRounding", sum(area_m2) as "areaM2"
from flow
group by 1, 2, 3, 4, 5, 6, 7
order by 1
