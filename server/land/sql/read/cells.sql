-- params: mineId cellIds fromDate toDate
-- returns: id mineId eventId stage stageRank scope evidenceGrade since validFrom validTo areaM2 wkb
-- Cells for the rooms that measure them: by id, or all of a mine whose validity meets a range of dates (both ends included).
select id, mine_id as "mineId", event_id as "eventId", stage, stage_rank as "stageRank", scope, evidence_grade as "evidenceGrade", since,
  valid_from as "validFrom", valid_to as "validTo", area_m2 as "areaM2", encode(st_asbinary(geom), 'base64') as wkb
from land_ground
where (cast(:mineId as bigint) is null or mine_id = cast(:mineId as bigint))
  and (cast(:cellIds as bigint[]) is null or id = any (cast(:cellIds as bigint[])))
  and (cast(:toDate as date) is null or valid_from <= cast(:toDate as date))
  and (cast(:fromDate as date) is null or valid_to is null or valid_to > cast(:fromDate as date))
order by id
