-- params: mineId asAt knownAt
-- returns: id eventId stage scope evidenceGrade since validFrom validTo areaM2 wkb
-- The partition on a date as it was known at an instant, afresh from the events: what is visible of an event is its outline without
-- every later-ordered one. A row has no cell id, because no such cell is stored; its event stands for it.
with known as materialized (
  select id, stage, scope, evidence_grade, effective_on, geom
  from land_event
  where mine_id = :mineId and effective_on <= cast(:asAt as date) and recorded_at <= cast(:knownAt as timestamptz)
    and (retracted_at is null or retracted_at > cast(:knownAt as timestamptz))
), shape as materialized (
  select x.id, x.stage, x.scope, x.evidence_grade, x.effective_on,
    case when later.geom is null then x.geom else overlay_difference(x.geom, later.geom) end as geom
  from known x
  left join lateral (
    select overlay_union(array_agg(e.geom)) as geom
    from land_event e
    where e.mine_id = :mineId and e.geom && x.geom and (e.effective_on, e.id) > (x.effective_on, x.id)
      and e.effective_on <= cast(:asAt as date) and e.recorded_at <= cast(:knownAt as timestamptz)
      and (e.retracted_at is null or e.retracted_at > cast(:knownAt as timestamptz))
      and st_intersects(e.geom, x.geom)
  ) later on true
)
select id, id as "eventId", stage, scope, evidence_grade as "evidenceGrade", effective_on as since, effective_on as "validFrom",
  cast(null as date) as "validTo", st_area(geom::geography) as "areaM2", encode(st_asbinary(geom), 'base64') as wkb
from shape
where not st_isempty(geom)
order by id
