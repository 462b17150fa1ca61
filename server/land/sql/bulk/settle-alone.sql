-- params: mineId importId lastId earlierId earlier
-- returns: ids cellIds met
-- Settles the events of an import that came after `lastId`, none of which lies on land of another one of them. On land that no event
-- recorded before (id up to `earlierId`) touches, each makes one cell: its outline, open, come from nothing. `met` are those that do meet earlier
-- land; they are settled one by one. Whether there is any earlier land about (`earlier`: the box round it) is asked once for all of them: a
-- look into the index for each would take longer than everything else. Found by a range of keys, whatever the planner knows of a
-- ledger that is growing under it.
with e as materialized (
  select id, mine_id, stage, stage_rank, scope, evidence_grade, effective_on, reason, geom, area_m2
  from land_event
  where id between cast(:lastId as bigint) + 1 and 9007199254740991 and import_id + 0 = cast(:importId as bigint)
), box as materialized (
  select st_setsrid(cast(st_extent(geom) as geometry), 4326) as geom from e
), earlier as materialized (
  select coalesce(st_intersects(cast(cast(:earlier as text) as geometry), (select geom from box)), false) as is_any
), met as materialized (
  select e.id from e
  where (select is_any from earlier) and exists (
    select from land_event o
    where o.geom && e.geom and o.mine_id + 0 = cast(:mineId as bigint) and o.id <= cast(:earlierId as bigint) and o.retracted_at is null
      and st_intersects(o.geom, e.geom)
    offset 0)
), cell as (
  insert into land_cell (mine_id, event_id, stage, stage_rank, scope, evidence_grade, reason, since, valid_from, valid_to, area_m2)
  select mine_id, id, stage, stage_rank, scope, evidence_grade, reason, effective_on, effective_on, null, area_m2
  from e where id not in (select id from met) order by id
  returning id
)
select (select array_agg(id order by id) from e) as ids, (select coalesce(array_agg(id), '{}') from cell) as "cellIds",
  (select coalesce(array_agg(id order by id), '{}') from met) as met
