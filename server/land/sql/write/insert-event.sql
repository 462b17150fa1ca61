-- params: mineId facilityId geometryJson stage effectiveOn recordedBy reason rightRef damageType severity scope evidenceGrade assumedFor replacesId declaredAreaM2 recordedRevision
-- returns: id
insert into land_event (mine_id, facility_id, geom, stage, effective_on, recorded_by, reason, right_ref, damage_type, severity, scope,
  evidence_grade, declared_area_m2, assumed, assumed_for, replaces_id, recorded_revision)
values (cast(:mineId as bigint), cast(:facilityId as bigint), st_multi(st_setsrid(st_geomfromgeojson(cast(:geometryJson as text)), 4326)), cast(:stage as text),
  cast(:effectiveOn as date), cast(:recordedBy as bigint), cast(:reason as text), cast(:rightRef as text), cast(:damageType as text), cast(:severity as int), cast(:scope as text),
  cast(:evidenceGrade as text), cast(:declaredAreaM2 as float8), cast(:assumedFor as bigint) is not null, cast(:assumedFor as bigint), cast(:replacesId as bigint), cast(:recordedRevision as int))
returning id
