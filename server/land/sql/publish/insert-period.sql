-- params: mineId asAt accountId definitionVersion reportYear
-- returns: id
-- The hash stands for every row that will be copied, geometry included, in the order of its event and date.
with copied as (
  select event_id, stage, scope, evidence_grade, since, valid_from, case when valid_to <= cast(:asAt as date) then valid_to end as valid_to, geom
  from land_ground where mine_id = :mineId and valid_from <= cast(:asAt as date)
)
insert into published_period (mine_id, as_at, known_at, published_by, land_revision, definition_version, report_year, plans, ledger_hash)
select m.id, cast(:asAt as date), clock_timestamp(), cast(:accountId as bigint), m.land_revision, cast(:definitionVersion as text), cast(:reportYear as int),
  coalesce((select jsonb_object_agg(year, planned_m2) from annual_plan_increment a where a.mine_id = m.id and a.planned_m2 is not null), '{}'),
  'sha256:' || encode(sha256(convert_to(coalesce((
    select string_agg(concat_ws('|', event_id, stage, scope, evidence_grade, since, valid_from, coalesce(valid_to::text, ''), md5(st_asbinary(geom))),
      chr(10) order by event_id, valid_from) from copied), ''), 'UTF8')), 'hex')
from mine m where m.id = :mineId
returning id
