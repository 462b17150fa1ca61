-- params: periodId asAt
-- returns: eventId stage scope evidenceGrade since areaM2
select event_id as "eventId", stage, scope, evidence_grade as "evidenceGrade", since, area_m2 as "areaM2"
from published_cell
where period_id = :periodId and valid_from <= cast(:asAt as date) and (valid_to is null or valid_to > cast(:asAt as date))
order by event_id
