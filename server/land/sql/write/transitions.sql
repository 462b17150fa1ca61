-- params: eventIds
-- returns: eventId fromEventId fault earliestOn
-- What passed into each event that one of some events touches, on the day it came. A cell that ends on a day lost exactly the difference to its
-- remainder; where several events of the day took from it, the loss is shared in proportion to their intersections. What an event
-- covers beyond that came from nothing, which is not written.
-- Answers what may break a rule: works where nothing was disturbed, steps back without a reason, certified land taken without a
-- new right, disturbed land that would become undisturbed without a correction, a stage reached before the one beneath has
-- lasted as long as a confirmed stage rule asks. Areas only: the shape of a suspect is judged by a statement of its own.
-- Neighbours are found by the index of places alone, as in the statement that settles cells.
with e as materialized (
  select id, mine_id, effective_on, geom from land_event where id = any (cast(:eventIds as bigint[]))
), arrival as materialized (
  select distinct on (y.id) y.id, y.mine_id, y.effective_on, y.stage, y.stage_rank, y.scope, y.reason, y.right_ref,
    case when k.id is not null then coalesce(k.cut_geom, y.geom) end as geom, k.area_m2
  from e cross join lateral (
    select y.* from land_event y
    where y.geom && e.geom and y.mine_id + 0 = e.mine_id and y.effective_on + 0 >= e.effective_on
      and (y.id + 0 = e.id or st_intersects(y.geom, e.geom))
    offset 0) y
  left join land_cell k on k.event_id = y.id and k.valid_from + 0 = y.effective_on
  order by y.id
), gone as (
  delete from land_transition t where t.to_event_id in (select id from arrival)
), ended as materialized (
  select distinct on (c.id) c.id, c.mine_id, c.event_id, c.stage, c.scope, c.geom, c.valid_to as on_date,
    c.area_m2 - coalesce(r.area_m2, 0) as loss_m2
  from arrival a
  cross join lateral (
    select c.* from land_ground c
    where c.outline && a.geom and c.mine_id + 0 = a.mine_id and c.valid_to + 0 = a.effective_on and c.geom && a.geom offset 0) c
  left join land_cell r on r.event_id = c.event_id and r.valid_from + 0 = c.valid_to
), taker as materialized (
  select c.id, c.event_id as from_event_id, c.stage, c.scope, c.on_date, c.loss_m2, c.geom as from_geom, k.event_id as to_event_id, k.geom,
    count(*) over (partition by c.id) as takers
  from ended c cross join lateral (
    select k.* from land_ground k
    where k.outline && c.geom and k.mine_id + 0 = c.mine_id and k.valid_from + 0 = c.on_date and k.since = c.on_date
      and k.geom && c.geom and st_intersects(k.geom, c.geom)
    offset 0) k
), share as materialized (
  select t.*, case when takers = 1 then 1.0 else st_area(overlay_intersection(from_geom, geom)::geography) end as weight from taker t
), passed as materialized (
  select s.from_event_id, s.to_event_id, s.stage, s.scope, s.on_date, sum(s.area_m2) as area_m2
  from (select share.*, loss_m2 * weight / nullif(sum(weight) over (partition by id), 0) as area_m2 from share) s
  where s.area_m2 > 0
  group by s.from_event_id, s.to_event_id, s.stage, s.scope, s.on_date
), written as (
  insert into land_transition (mine_id, on_date, from_event_id, to_event_id, from_stage, from_scope, to_stage, to_scope, reason, area_m2)
  select a.mine_id, p.on_date, p.from_event_id, a.id, p.stage, p.scope, a.stage, a.scope, a.reason, p.area_m2
  from passed p join arrival a on a.id = p.to_event_id
), came as (
  select from_event_id, to_event_id, stage as from_stage, area_m2 from passed
  union all
  select null, a.id, null, a.area_m2 - coalesce(p.area_m2, 0)
  from arrival a left join (select to_event_id, sum(area_m2) as area_m2 from passed group by to_event_id) p on p.to_event_id = a.id
), suspect as (
  select w.from_event_id, w.to_event_id, case
      when coalesce(w.from_stage, 'UND') = 'UND' and a.stage_rank between 4 and 9 then 'reclaimed-never-disturbed'
      when land_stage_rank(w.from_stage) > a.stage_rank and a.reason is null then 'backward-without-reason'
      when w.from_stage = 'CRT' and a.stage_rank < 9 and coalesce(a.right_ref, '') = '' then 'certified-without-right'
      when w.from_stage <> 'UND' and a.stage_rank = 0 and a.reason <> 'CORR' then 'footprint-shrinks'
      when a.effective_on < early.until and a.reason is distinct from 'CORR' then 'accepted-too-early'
    end as fault, early.until
  from came w join arrival a on a.id = w.to_event_id
  left join lateral (
    select cast(x.effective_on + make_interval(months => r.min_months) as date) as until
    from stage_rule r join land_event x on x.id = w.from_event_id
    where r.from_stage = w.from_stage and r.to_stage = a.stage and r.verified
  ) early on true
  where w.area_m2 > 1
)
select to_event_id as "eventId", from_event_id as "fromEventId", fault, case when fault = 'accepted-too-early' then until end as "earliestOn"
from suspect where fault is not null order by from_event_id is null, to_event_id, from_event_id
