-- params: mineId importId recordedBy recordedRevision beforeId earlier geometries stages dates reasons rightRefs damageTypes scopes evidenceGrades declaredAreas areas
-- returns: ids cellIds met
-- Many events at once, in the order given, none on land of another one given; geometries are EWKB in hexadecimal. On land that no event
-- recorded before (id below `beforeId`) touches, each makes one cell: whole, open, come from nothing. `met` are those that do meet earlier
-- land; they are settled one by one. Whether there is any earlier land about (`earlier`: the box round it) is asked once for all of them: a
-- look into the index for each would take longer than everything else. Areas are those that were measured before; where one is null the
-- outline is measured and judged here.
with e as (
  insert into land_event (mine_id, import_id, recorded_by, recorded_revision, geom, stage, effective_on, reason, right_ref, damage_type, scope,
    evidence_grade, declared_area_m2, area_m2)
  select cast(:mineId as bigint), cast(:importId as bigint), cast(:recordedBy as bigint), cast(:recordedRevision as int), cast(u.geom as geometry), u.stage,
    u.effective_on, u.reason, u.right_ref, u.damage_type, u.scope, u.evidence_grade, u.declared_area, u.area
  from unnest(cast(:geometries as text[]), cast(:stages as text[]), cast(:dates as date[]), cast(:reasons as text[]), cast(:rightRefs as text[]),
    cast(:damageTypes as text[]), cast(:scopes as text[]), cast(:evidenceGrades as text[]), cast(:declaredAreas as float8[]), cast(:areas as float8[])) with ordinality
    as u (geom, stage, effective_on, reason, right_ref, damage_type, scope, evidence_grade, declared_area, area, n)
  order by u.n
  returning id, mine_id, stage, stage_rank, scope, evidence_grade, effective_on, reason, geom, area_m2
), box as materialized (
  select st_setsrid(cast(st_extent(geom) as geometry), 4326) as geom from e
), earlier as materialized (
  select coalesce(st_intersects(cast(cast(:earlier as text) as geometry), (select geom from box)), false) as is_any
), met as materialized (
  select e.id from e
  where (select is_any from earlier) and exists (
    select from land_event o
    where o.geom && e.geom and o.mine_id + 0 = e.mine_id and o.id < cast(:beforeId as bigint) and o.retracted_at is null and st_intersects(o.geom, e.geom)
    offset 0)
), cell as (
  insert into land_cell (mine_id, event_id, stage, stage_rank, scope, evidence_grade, since, valid_from, valid_to, geom, area_m2)
  select mine_id, id, stage, stage_rank, scope, evidence_grade, effective_on, effective_on, null, geom, area_m2
  from e where id not in (select id from met) order by id
  returning id
), passed as (
  insert into land_transition (mine_id, on_date, from_event_id, to_event_id, from_stage, from_scope, to_stage, to_scope, reason, is_rounding, area_m2)
  select mine_id, effective_on, null, id, null, null, stage, scope, reason, area_m2 <= 0.01, area_m2
  from e where id not in (select id from met)
)
select (select array_agg(id order by id) from e) as ids, (select coalesce(array_agg(id), '{}') from cell) as "cellIds",
  (select coalesce(array_agg(id order by id), '{}') from met) as met
