-- params: mineId
-- returns: eventId onDate fault
-- Cells that no event of the mine stands behind, that say something else than their event, or that two rows of one event hold at a time;
-- passages from or into what is no event of the mine.
select c.event_id as "eventId", c.valid_from as "onDate",
  case when e.mine_id is distinct from c.mine_id then 'cell-of-another-mine' when e.retracted_at is not null then 'cell-of-retracted-event'
    else 'cell-differs-from-event' end as fault
from land_cell c left join land_event e on e.id = c.event_id
where c.mine_id = :mineId and (e.retracted_at is not null or e.mine_id is distinct from c.mine_id or c.stage <> e.stage
  or c.stage_rank <> e.stage_rank or c.scope <> e.scope or c.evidence_grade <> e.evidence_grade or c.since <> e.effective_on or c.reason is distinct from e.reason)
union all
select a.event_id, b.valid_from, 'cells-overlap-in-time'
from land_cell a join land_cell b on b.event_id = a.event_id and b.id <> a.id and b.valid_from >= a.valid_from
  and (a.valid_to is null or b.valid_from < a.valid_to) and (b.valid_from > a.valid_from or b.id > a.id)
where a.mine_id = :mineId
union all
select t.to_event_id, t.on_date, 'passage-of-another-mine'
from land_transition t left join land_event y on y.id = t.to_event_id left join land_event x on x.id = t.from_event_id
where t.mine_id = :mineId and (y.mine_id is distinct from t.mine_id or x.mine_id is distinct from t.mine_id)
order by 2, 1
