-- params: mineIds asAt groupBy
-- returns: key stage scope evidenceGrade areaM2
-- Areas of the working ledger on a date by stage, scope and evidence, for a group of mines: summed from the narrow part of the cells.
with share as materialized (
  select mine_id, stage, scope, evidence_grade, sum(area_m2) as area_m2
  from land_cell
  where valid_from <= cast(:asAt as date) and (valid_to is null or valid_to > cast(:asAt as date))
  group by mine_id, stage, scope, evidence_grade
)
select case cast(:groupBy as text) when 'mine' then m.id::text when 'province' then m.province when 'mineral' then m.mineral
    else m.organisation_id::text end as key,
  s.stage, s.scope, s.evidence_grade as "evidenceGrade", sum(s.area_m2) as "areaM2"
from share s join mine m on m.id = s.mine_id
where m.id = any (cast(:mineIds as bigint[]))
group by 1, 2, 3, 4
