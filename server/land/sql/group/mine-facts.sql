-- params: asAt year mineId
-- returns: mineId code organisationId province mineral landRevision plannedM2 responsibilityM2 periodId periodAsAt periodPlans publishedCount
-- Every mine (or one) with what its rates need besides areas: the plan of the year, the responsibility range valid on the date, and the
-- newest published period.
select m.id as "mineId", m.code, m.organisation_id as "organisationId", m.province, m.mineral,
  m.land_revision as "landRevision", a.planned_m2 as "plannedM2", b.area_m2 as "responsibilityM2", p.id as "periodId", p.as_at as "periodAsAt",
  p.plans as "periodPlans", coalesce(n.count, 0) as "publishedCount"
from mine m
left join annual_plan_increment a on a.mine_id = m.id and a.year = cast(:year as int)
left join boundary b on b.mine_id = m.id and b.kind = 'RESP' and b.valid_from <= cast(:asAt as date)
  and (b.valid_to is null or b.valid_to > cast(:asAt as date))
left join (
  select distinct on (mine_id) mine_id, id, as_at, plans from published_period
  where cast(:mineId as bigint) is null or mine_id = cast(:mineId as bigint)
  order by mine_id, as_at desc, id desc
) p on p.mine_id = m.id
left join (
  select mine_id, count(*)::int as count from published_period
  where cast(:mineId as bigint) is null or mine_id = cast(:mineId as bigint)
  group by mine_id
) n on n.mine_id = m.id
where cast(:mineId as bigint) is null or m.id = cast(:mineId as bigint)
order by m.code
