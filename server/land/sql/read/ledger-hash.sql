-- params: mineId asAt
-- returns: hash
select encode(sha256(convert_to(coalesce(string_agg(concat_ws('|', event_id, stage, scope, evidence_grade, since, md5(st_asbinary(geom))),
  chr(10) order by event_id), ''), 'UTF8')), 'hex') as hash
from land_cell
where mine_id = :mineId and valid_from <= cast(:asAt as date) and (valid_to is null or valid_to > cast(:asAt as date))
