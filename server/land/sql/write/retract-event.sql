-- params: eventId accountId retractReason landRevision
-- returns: id
update land_event
set retracted_at = clock_timestamp(), retracted_by = cast(:accountId as bigint), retract_reason = cast(:retractReason as text),
  retracted_revision = cast(:landRevision as int), revision = revision + 1
where id = cast(:eventId as bigint) and retracted_at is null
returning id
