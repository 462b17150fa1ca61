-- params: mineIds asAt groupBy
-- returns: key shareKey areaM2
-- Areas of the working ledger on a date by stage, scope and evidence, for a group of mines. Cells that are open and cells that ended
-- after the date are read from an index each, so neither rows nor the history before the date are touched.
with share as materialized (
  select mine_id, share_key, sum(area_m2) as area_m2
  from land_cell
  where valid_to is null and valid_from <= cast(:asAt as date)
  group by mine_id, share_key
  union all
  select mine_id, share_key, sum(area_m2)
  from land_cell
  where valid_to is not null and valid_to > cast(:asAt as date) and valid_from <= cast(:asAt as date)
  group by mine_id, share_key
)
select case cast(:groupBy as text) when 'mine' then m.id::text when 'province' then m.province when 'mineral' then m.mineral
    else m.organisation_id::text end as key,
  s.share_key as "shareKey", sum(s.area_m2) as "areaM2"
from share s join mine m on m.id = s.mine_id
where m.id = any (cast(:mineIds as bigint[]))
group by 1, 2
