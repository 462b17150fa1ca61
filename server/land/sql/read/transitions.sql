-- params: mineId afterDate untilDate
-- returns: onDate fromStage fromScope toStage toScope reason isRounding areaM2
select on_date as "onDate", from_stage as "fromStage", from_scope as "fromScope", to_stage as "toStage", to_scope as "toScope", reason,
  is_rounding as "isRounding", sum(area_m2) as "areaM2"
from land_passages(array[cast(:mineId as bigint)], cast(:afterDate as date), cast(:untilDate as date))
group by 1, 2, 3, 4, 5, 6, 7
order by 1
