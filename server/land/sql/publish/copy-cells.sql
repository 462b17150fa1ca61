-- params: periodId
-- returns: copied
with cells as (
  insert into published_cell (period_id, mine_id, cell_id, event_id, stage, stage_rank, scope, evidence_grade, since, valid_from, valid_to, geom, area_m2)
  select p.id, c.mine_id, c.id, c.event_id, c.stage, c.stage_rank, c.scope, c.evidence_grade, c.since, c.valid_from,
    case when c.valid_to <= p.as_at then c.valid_to end, c.geom, c.area_m2
  from published_period p join land_ground c on c.mine_id = p.mine_id and c.valid_from <= p.as_at
  where p.id = cast(:periodId as bigint)
  returning id
), passed as (
  insert into published_transition (period_id, on_date, from_stage, from_scope, to_stage, to_scope, reason, is_rounding, area_m2)
  select p.id, t.on_date, t.from_stage, t.from_scope, t.to_stage, t.to_scope, t.reason, t.is_rounding, sum(t.area_m2)
  from published_period p cross join land_passages(array[p.mine_id], '-infinity', p.as_at) t
  where p.id = cast(:periodId as bigint)
  group by 1, 2, 3, 4, 5, 6, 7, 8
)
select count(*)::int as copied from cells
