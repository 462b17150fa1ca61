-- params: mineId knownAt
-- returns: changed
-- Whether the ledger of a mine has learnt anything after an instant; if not, the stored cells are what was known.
select exists (
  select from land_event
  where mine_id = :mineId and (recorded_at > cast(:knownAt as timestamptz) or retracted_at > cast(:knownAt as timestamptz))
) as changed
