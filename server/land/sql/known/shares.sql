-- params: mineId asAt knownAt
-- returns: eventId stage scope evidenceGrade since areaM2
-- As `shares`, afresh from the events as they were known at an instant.
with known as materialized (
  select id, stage, scope, evidence_grade, effective_on, geom
  from land_event
  where mine_id = :mineId and effective_on <= cast(:asAt as date) and recorded_at <= cast(:knownAt as timestamptz)
    and (retracted_at is null or retracted_at > cast(:knownAt as timestamptz))
), shape as materialized (
  select x.id, x.stage, x.scope, x.evidence_grade, x.effective_on,
    st_area((case when later.geom is null then x.geom else overlay_difference(x.geom, later.geom) end)::geography) as area_m2
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
select id as "eventId", stage, scope, evidence_grade as "evidenceGrade", effective_on as since, area_m2 as "areaM2"
from shape where area_m2 > 0
order by id
