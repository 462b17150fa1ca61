-- params: mineId
-- returns: id code organisationId province startOn endOn licenceEndOn landRevision
-- licenceEndOn is the first day without a licence, where every version of the licence has an end.
select m.id, m.code, m.organisation_id as "organisationId", m.province, m.start_on as "startOn", m.end_on as "endOn",
  (select case when bool_and(b.valid_to is not null) then max(b.valid_to) end
   from boundary b where b.mine_id = m.id and b.kind = 'LICENCE') as "licenceEndOn",
  m.land_revision as "landRevision"
from mine m where m.id = cast(:mineId as bigint)
