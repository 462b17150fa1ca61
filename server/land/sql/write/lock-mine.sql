-- params: mineId
-- returns: landRevision
-- Takes the mine's row for the transaction: two writers of one ledger wait for each other, and each gets a revision of its own.
update mine set land_revision = land_revision + 1
where id = cast(:mineId as bigint)
returning land_revision as "landRevision"
