-- params: mineId
-- returns: landRevision
-- Takes the mine's row for the transaction: two writers of one ledger wait for each other, and each gets a revision of its own.
-- For this transaction it also has kept plans used as they are: the planner guesses ten events where nearly always there is one, so it holds
-- the plan for that one to be better and makes it anew for every event, which takes longer than following it.
update mine set land_revision = land_revision + 1
where id = cast(:mineId as bigint)
returning land_revision as "landRevision", set_config('plan_cache_mode', 'force_generic_plan', true)
