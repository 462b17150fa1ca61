-- params: mineId asAt knownAt
-- returns: eventId effectiveOn recordedAt retractedAt
-- What the ledger has learnt after an instant about land up to a date: events entered later, and events taken back since.
select id as "eventId", effective_on as "effectiveOn", recorded_at as "recordedAt", retracted_at as "retractedAt"
from land_event
where mine_id = :mineId and effective_on <= cast(:asAt as date)
  and ((recorded_at > cast(:knownAt as timestamptz) and retracted_at is null)
    or (recorded_at <= cast(:knownAt as timestamptz) and retracted_at > cast(:knownAt as timestamptz)))
order by greatest(recorded_at, retracted_at), id
limit 1000
