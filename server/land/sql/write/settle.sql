-- params: eventIds
-- returns: cellIds
-- Settles the partition after events of one mine and one date came or went: recomputes, from their date on, what is visible of every event
-- that they lie over, and of themselves. Each shape starts from what was visible on the eve and loses, one after another, what
-- later-ordered events cover. A loss narrower than a hundredth of the grid along the outline is noise, not land, and changes nothing. Since every stored shape is the
-- outcome of the same chain of steps, the partition does not depend on the order of recording, to the last digit.
-- Rows that come out as they were stay untouched; a row whose shape stays only gets its new end.
-- What lies where is found by the index of places, for each shape anew (`offset 0`, and sums that no other index knows): by mine and date
-- everything that came on one day would be read again for each of a file's thousands of plots of that day.
with recursive e as materialized (
  select id, mine_id, effective_on, geom, retracted_at from land_event where id = any (cast(:eventIds as bigint[]))
), origin as materialized (
  select mine_id, effective_on from e limit 1
), eve as (
  select distinct on (c.id) c.event_id as id, c.id as eve_cell, c.valid_from as visible_from, c.since, c.geom as shape
  from e cross join lateral (
    select c.* from land_ground c
    where c.outline && e.geom and c.mine_id + 0 = e.mine_id and c.valid_from + 0 < e.effective_on
      and (c.valid_to is null or c.valid_to >= e.effective_on) and c.geom && e.geom and st_intersects(c.geom, e.geom)
    offset 0) c
  order by c.id
), same_day as (
  select distinct on (s.id) s.id, s.effective_on as since, s.geom as shape
  from e cross join lateral (
    select s.* from land_event s
    where s.geom && e.geom and s.mine_id + 0 = e.mine_id and s.effective_on + 0 = e.effective_on and s.id + 0 <= e.id
      and s.retracted_at is null and (s.id + 0 = e.id or st_intersects(s.geom, e.geom))
    offset 0) s
  order by s.id
), x as materialized (
  select id, eve_cell, visible_from, since, shape, st_area(shape) as size from eve
  union all
  select id, null, null, since, shape, st_area(shape) from same_day
), step as materialized (
  select x.id, y.effective_on as on_date, y.geom, 1e-11 * st_perimeter(y.geom) as noise,
    row_number() over (partition by x.id order by y.effective_on, y.id) as n
  from origin cross join x cross join lateral (
    select y.* from land_event y
    where y.geom && x.shape and y.mine_id + 0 = origin.mine_id and y.retracted_at is null and y.effective_on + 0 >= origin.effective_on
      and (y.effective_on + 0, y.id) > (x.since, x.id) and st_intersects(y.geom, x.shape)
    offset 0) y
), chain (id, n, on_date, shape, size) as (
  select x.id, cast(0 as bigint), origin.effective_on, cast(x.shape as geometry), x.size from x, origin
  union all
  select c.id, c.n + 1, s.on_date, case when c.size - d.size > s.noise then d.shape else c.shape end,
    case when c.size - d.size > s.noise then d.size else c.size end
  from chain c
  join step s on s.id = c.id and s.n = c.n + 1
  cross join lateral (
    select r.shape, st_area(r.shape) as size from (select overlay_difference(c.shape, s.geom) as shape offset 0) r offset 0
  ) d
), day as materialized (
  select distinct on (id, on_date) id, n, on_date, shape, size from chain order by id, on_date, n desc
), run as (
  select day.*, lag(size) over w is distinct from size as opens, lead(on_date) over w as next_date from day
  window w as (partition by id order by on_date)
), numbered as (
  select run.*, count(*) filter (where opens) over (partition by id order by on_date) as number from run
), fresh as materialized (
  select v.id as event_id, x.eve_cell, case when v.number = 1 and x.eve_cell is not null and v.size = x.size then x.visible_from else v.valid_from end
    as valid_from, v.valid_to, v.shape, v.size
  from (
    select id, number, min(on_date) as valid_from, case when bool_or(next_date is null) then null else max(next_date) end as valid_to,
      (array_agg(shape order by on_date))[1] as shape, min(size) as size
    from numbered group by id, number
  ) v join x on x.id = v.id
  where v.size > 0
), old as materialized (
  select c.id, c.event_id, c.valid_from, c.valid_to, c.id is not distinct from x.eve_cell as is_eve, st_area(c.geom) as size
  from origin cross join x join land_ground c on c.event_id = x.id
  where c.id is not distinct from x.eve_cell or c.valid_from >= origin.effective_on
), kept as materialized (
  select o.id, f.event_id, f.valid_from, f.valid_to
  from old o join fresh f on f.event_id = o.event_id and f.valid_from = o.valid_from and abs(f.size - o.size) <= 1e-12 * f.size
), doomed as materialized (
  select id from old where not is_eve and id not in (select id from kept)
  union all
  select c.id from e join land_cell c on c.event_id = e.id where e.retracted_at is not null
), gone as (
  delete from land_cell c using doomed d where c.id = d.id
), ended as (
  update land_cell c set valid_to = t.valid_to
  from (
    select o.id, case when k.id is null then origin.effective_on else k.valid_to end as valid_to
    from origin cross join old o left join kept k on k.id = o.id
    where o.is_eve or k.id is not null
  ) t
  where c.id = t.id and c.valid_to is distinct from t.valid_to
), inserted as (
  insert into land_cell (mine_id, event_id, stage, stage_rank, scope, evidence_grade, reason, since, valid_from, valid_to, cut_geom)
  select v.mine_id, v.id, v.stage, v.stage_rank, v.scope, v.evidence_grade, v.reason, v.effective_on, f.valid_from, f.valid_to,
    nullif(f.shape, v.geom)
  from fresh f join land_event v on v.id = f.event_id
  where not exists (select from kept k where k.event_id = f.event_id and k.valid_from = f.valid_from)
  returning id
)
select coalesce(array_agg(id), '{}') as "cellIds" from inserted
