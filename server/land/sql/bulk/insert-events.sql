-- params: mineId importId recordedBy recordedRevision geometries stages dates reasons rightRefs damageTypes scopes evidenceGrades declaredAreas areas
-- returns:
-- Many events at once, in the order given; geometries are EWKB in hexadecimal. Areas are those that were measured before; where one is null
-- the outline is measured and judged here. For the embedded database: a server is sent the same rows as a copy.
insert into land_event (mine_id, import_id, recorded_by, recorded_revision, geom, stage, effective_on, reason, right_ref, damage_type, scope,
  evidence_grade, declared_area_m2, area_m2)
select cast(:mineId as bigint), cast(:importId as bigint), cast(:recordedBy as bigint), cast(:recordedRevision as int), cast(u.geom as geometry), u.stage,
  u.effective_on, u.reason, u.right_ref, u.damage_type, u.scope, u.evidence_grade, u.declared_area, u.area
from unnest(cast(:geometries as text[]), cast(:stages as text[]), cast(:dates as date[]), cast(:reasons as text[]), cast(:rightRefs as text[]),
  cast(:damageTypes as text[]), cast(:scopes as text[]), cast(:evidenceGrades as text[]), cast(:declaredAreas as float8[]), cast(:areas as float8[])) with ordinality
  as u (geom, stage, effective_on, reason, right_ref, damage_type, scope, evidence_grade, declared_area, area, n)
order by u.n
