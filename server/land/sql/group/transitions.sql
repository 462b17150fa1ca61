-- params: mineIds afterDate untilDate groupBy
-- returns: key fromStage fromScope toStage toScope reason isRounding areaM2
select case cast(:groupBy as text) when 'mine' then m.id::text when 'province' then m.province when 'mineral' then m.mineral
    else m.organisation_id::text end as key,
  t.from_stage as "fromStage", t.from_scope as "fromScope", t.to_stage as "toStage", t.to_scope as "toScope", t.reason,
  t.is_rounding as "isRounding", sum(t.area_m2) as "areaM2"
from land_passages(cast(:mineIds as bigint[]), cast(:afterDate as date), cast(:untilDate as date)) t join mine m on m.id = t.mine_id
group by 1, 2, 3, 4, 5, 6, 7
