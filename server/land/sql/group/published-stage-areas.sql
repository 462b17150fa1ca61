-- params: periodIds asAt groupBy
-- returns: key shareKey areaM2
-- The same from published periods; a period older than the date counts with its own last day.
select case cast(:groupBy as text) when 'mine' then m.id::text when 'province' then m.province when 'mineral' then m.mineral
    else m.organisation_id::text end as key,
  c.share_key as "shareKey", sum(c.area_m2) as "areaM2"
from published_period p
join mine m on m.id = p.mine_id
join published_cell c on c.period_id = p.id
where p.id = any (cast(:periodIds as bigint[]))
  and c.valid_from <= least(p.as_at, cast(:asAt as date)) and (c.valid_to is null or c.valid_to > least(p.as_at, cast(:asAt as date)))
group by 1, 2
