-- params: mineId landRevision
-- returns: id
select id from land_event
where mine_id = :mineId and (recorded_revision > cast(:landRevision as int) or retracted_revision > cast(:landRevision as int))
order by id
limit 100
