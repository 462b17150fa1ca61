-- params: mineId eventId afterId asAt limit
-- returns: id mineId organisationId facilityId stage effectiveOn recordedAt recordedBy scope evidenceGrade reason rightRef damageType severity areaM2 declaredAreaM2 perimeterM retractedAt retractReason replacesId assumed geometry recordedRevision revision
select e.id, e.mine_id as "mineId", m.organisation_id as "organisationId", e.facility_id as "facilityId", e.stage, e.effective_on as "effectiveOn",
  e.recorded_at as "recordedAt", e.recorded_by as "recordedBy", e.scope, e.evidence_grade as "evidenceGrade", e.reason,
  e.right_ref as "rightRef", e.damage_type as "damageType", e.severity, e.area_m2 as "areaM2", e.declared_area_m2 as "declaredAreaM2",
  st_perimeter(e.geom::geography) as "perimeterM", e.retracted_at as "retractedAt", e.retract_reason as "retractReason",
  e.replaces_id as "replacesId", e.assumed, cast(st_asgeojson(e.geom, 9) as json) as geometry, e.recorded_revision as "recordedRevision",
  e.revision
from land_event e join mine m on m.id = e.mine_id
where e.mine_id = :mineId and (cast(:eventId as bigint) is null or e.id = cast(:eventId as bigint))
  and (cast(:afterId as bigint) is null or e.id > cast(:afterId as bigint))
  and (cast(:asAt as date) is null or e.effective_on <= cast(:asAt as date))
order by e.id
limit cast(:limit as int)
