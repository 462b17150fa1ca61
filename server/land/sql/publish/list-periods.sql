-- params: mineId periodId afterId limit
-- returns: id asAt reportYear knownAt publishedAt landRevision definitionVersion ledgerHash
select id, as_at as "asAt", coalesce(report_year, extract(year from as_at)::int) as "reportYear", known_at as "knownAt", published_at as "publishedAt", land_revision as "landRevision",
  definition_version as "definitionVersion", ledger_hash as "ledgerHash"
from published_period
where mine_id = :mineId and (cast(:periodId as bigint) is null or id = cast(:periodId as bigint))
  and (cast(:afterId as bigint) is null or id < cast(:afterId as bigint))
order by id desc
limit cast(:limit as int)
