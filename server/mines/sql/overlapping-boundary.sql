-- params: mineId kind validFrom validTo exceptId
-- returns: id validFrom validTo
select b.id, b.valid_from as "validFrom", b.valid_to as "validTo"
from boundary b
where b.mine_id = :mineId
  and b.kind = :kind
  and (cast(:exceptId as bigint) is null or b.id <> :exceptId)
  and daterange(b.valid_from, b.valid_to) && daterange(cast(:validFrom as date), cast(:validTo as date))
order by b.valid_from
limit 1
