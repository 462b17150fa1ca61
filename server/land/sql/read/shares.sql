-- params: mineId asAt
-- returns: eventId stage scope evidenceGrade since areaM2
-- The narrow part of the cells on a date: what sums and the ledger hash are made of. Never touches geometry.
select event_id as "eventId", stage, scope, evidence_grade as "evidenceGrade", since, area_m2 as "areaM2"
from land_cell
where mine_id = :mineId and valid_from <= cast(:asAt as date) and (valid_to is null or valid_to > cast(:asAt as date))
order by event_id
