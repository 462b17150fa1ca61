-- params: eventIds
-- returns: eventIds cellIds
-- Makes the cells of some events afresh from the events ordered after them, and replaces only the rows that come out different.
with recursive x as materialized (
  select id, mine_id, effective_on, stage, stage_rank, scope, evidence_grade, geom, 1e-11 * st_perimeter(geom) as noise
  from land_event where id = any (cast(:eventIds as bigint[])) and retracted_at is null
), cover as materialized (
  select x.id, y.effective_on as on_date, overlay_union(array_agg(y.geom)) as geom,
    row_number() over (partition by x.id order by y.effective_on) as step
  from x join land_event y on y.mine_id = x.mine_id and y.geom && x.geom
  where y.retracted_at is null and (y.effective_on, y.id) > (x.effective_on, x.id) and st_intersects(y.geom, x.geom)
  group by x.id, y.effective_on
), chain (id, step, starts, shape) as (
  select x.id, 0::bigint, x.effective_on, x.geom::geometry from x
  union all
  select chain.id, cover.step, cover.on_date, overlay_difference(chain.shape, cover.geom)
  from chain join cover on cover.id = chain.id and cover.step = chain.step + 1
  where not st_isempty(chain.shape)
), piece as (
  select chain.*, coalesce(lead(starts) over (partition by id order by step), 'infinity'::date) as ends, st_area(shape) as size from chain
), edge as (
  select piece.*, case when lag(piece.ends) over w = piece.starts and lag(piece.size) over w - piece.size <= x.noise then 0 else 1 end as opens
  from piece join x on x.id = piece.id where piece.starts < piece.ends
  window w as (partition by piece.id order by piece.step)
), numbered as (
  select edge.*, sum(opens) over (partition by id order by step) as run from edge
), fresh as materialized (
  select id as event_id, min(starts) as valid_from, max(ends) as valid_to, (array_agg(shape order by step))[1] as shape
  from numbered group by id, run having max(size) > 0
), kept as materialized (
  select c.id, c.event_id, c.valid_from
  from fresh f join x on x.id = f.event_id
  join land_cell c on c.event_id = f.event_id and c.valid_from = f.valid_from and coalesce(c.valid_to, 'infinity'::date) = f.valid_to
  where abs(st_area(c.geom) - st_area(f.shape)) <= x.noise
), gone as (
  delete from land_cell c where c.event_id = any (cast(:eventIds as bigint[])) and c.id not in (select id from kept)
  returning c.event_id
), inserted as (
  insert into land_cell (mine_id, event_id, stage, stage_rank, scope, evidence_grade, since, valid_from, valid_to, geom)
  select x.mine_id, x.id, x.stage, x.stage_rank, x.scope, x.evidence_grade, x.effective_on, f.valid_from, nullif(f.valid_to, 'infinity'::date),
    f.shape
  from fresh f join x on x.id = f.event_id
  where not exists (select from kept k where k.event_id = f.event_id and k.valid_from = f.valid_from)
  returning id, event_id
)
select coalesce((select array_agg(event_id) from (select event_id from gone union select event_id from inserted) c), '{}') as "eventIds",
  coalesce((select array_agg(id) from inserted), '{}') as "cellIds"
