-- params: periodId asAt
-- returns: id eventId stage scope evidenceGrade since validFrom validTo areaM2 wkb
select cell_id as id, event_id as "eventId", stage, scope, evidence_grade as "evidenceGrade", since, valid_from as "validFrom",
  valid_to as "validTo", area_m2 as "areaM2", encode(st_asbinary(geom), 'base64') as wkb
from published_cell
where period_id = :periodId and valid_from <= cast(:asAt as date) and (valid_to is null or valid_to > cast(:asAt as date))
