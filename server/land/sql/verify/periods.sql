-- params: mineId
-- returns: periodId asAt
-- Published periods whose rows no longer give the hash that was published.
select p.id as "periodId", p.as_at as "asAt"
from published_period p
where p.mine_id = :mineId and p.ledger_hash <> 'sha256:' || encode(sha256(convert_to(coalesce((
  select string_agg(concat_ws('|', event_id, stage, scope, evidence_grade, since, valid_from, coalesce(valid_to::text, ''), md5(st_asbinary(geom))),
    chr(10) order by event_id, valid_from) from published_cell c where c.period_id = p.id), ''), 'UTF8')), 'hex')
order by p.id
