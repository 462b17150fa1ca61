-- params: ids beforeId
-- returns: cellIds met
-- Cells and passages of new events on land that no event recorded before (id below `beforeId`) touches, and that no other new event covers:
-- each is whole, open, and came from nothing. Answers the ids of those that do meet earlier land; they are settled one by one.
with e as materialized (
  select * from land_event where id = any (cast(:ids as bigint[]))
), met as materialized (
  select e.id from e
  where exists (
    select from land_event o
    where o.mine_id = e.mine_id and o.geom && e.geom and o.id < cast(:beforeId as bigint) and o.retracted_at is null and st_intersects(o.geom, e.geom))
), cell as (
  insert into land_cell (mine_id, event_id, stage, stage_rank, scope, evidence_grade, since, valid_from, valid_to, geom)
  select mine_id, id, stage, stage_rank, scope, evidence_grade, effective_on, effective_on, null, geom
  from e where id not in (select id from met) order by id
  returning id, mine_id, event_id, stage, scope, since, area_m2
), passed as (
  insert into land_transition (mine_id, on_date, from_event_id, to_event_id, from_stage, from_scope, to_stage, to_scope, reason, is_rounding, area_m2)
  select c.mine_id, c.since, null, c.event_id, null, null, c.stage, c.scope, e.reason, c.area_m2 <= 0.01, c.area_m2
  from cell c join e on e.id = c.event_id
)
select (select coalesce(array_agg(id), '{}') from cell) as "cellIds", (select coalesce(array_agg(id order by id), '{}') from met) as met
