-- params: eventId
-- returns: eventIds cellIds
-- Takes an event's land away from the events ordered before it, from its date on. A row that began earlier is closed and its remainder
-- begins at the date; rows that begin later are replaced. Neighbouring rows of one event that no longer differ become one row (shapes
-- of one event only shrink with time, so equal area means equal shape).
-- A loss narrower than a hundredth of the grid along the whole outline is noise, not land.
with e as materialized (
  select id, mine_id, effective_on, geom, 1e-11 * st_perimeter(geom) as noise from land_event where id = cast(:eventId as bigint)
), near as materialized (
  select c.id, c.event_id, c.geom, overlay_difference(c.geom, e.geom) as rest
  from e join land_cell c on c.mine_id = e.mine_id and c.geom && e.geom
  where (c.valid_to is null or c.valid_to > e.effective_on)
    and (c.since, c.event_id) < (e.effective_on, e.id)
    and st_intersects(c.geom, e.geom)
), struck as materialized (
  select near.id, near.event_id, near.rest from near, e where st_area(near.geom) - st_area(near.rest) > e.noise
), piece as (
  select c.id, c.event_id, c.valid_from, coalesce(c.valid_to, 'infinity'::date) as ends, greatest(c.valid_from, e.effective_on) as starts,
    coalesce(s.rest, c.geom) as shape, s.id is not null as is_struck, st_area(coalesce(s.rest, c.geom)) as size
  from e
  join land_cell c on c.event_id in (select event_id from struck) and (c.valid_to is null or c.valid_to > e.effective_on)
  left join struck s on s.id = c.id
), edge as (
  select piece.*, case when lag(piece.ends) over w = piece.starts and lag(piece.size) over w - piece.size <= e.noise then 0 else 1 end as opens
  from piece, e window w as (partition by piece.event_id order by piece.valid_from)
), numbered as (
  select edge.*, sum(opens) over (partition by event_id order by valid_from) as run from edge
), run as materialized (
  select event_id, min(starts) as starts, max(ends) as ends, (array_agg(shape order by valid_from))[1] as shape, array_agg(id) as cell_ids
  from numbered group by event_id, run having bool_or(is_struck) or count(*) > 1
), gone as (
  delete from land_cell c using e
  where c.id in (select unnest(cell_ids) from run) and c.valid_from >= e.effective_on
), closed as (
  update land_cell c set valid_to = e.effective_on from e
  where c.id in (select unnest(cell_ids) from run) and c.valid_from < e.effective_on
), inserted as (
  insert into land_cell (mine_id, event_id, stage, stage_rank, scope, evidence_grade, since, valid_from, valid_to, geom)
  select x.mine_id, x.id, x.stage, x.stage_rank, x.scope, x.evidence_grade, x.effective_on, run.starts, nullif(run.ends, 'infinity'::date),
    run.shape
  from run join land_event x on x.id = run.event_id
  where not st_isempty(run.shape)
  returning id
)
select coalesce((select array_agg(distinct event_id) from run), '{}') as "eventIds", coalesce((select array_agg(id) from inserted), '{}') as "cellIds"
