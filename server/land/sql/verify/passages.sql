-- params: mineId
-- returns: onDate stage cellsM2 passedM2
-- Change of every stage's area on every date, by the cells and by what is recorded as passed.
with moved as (
  select valid_from as on_date, stage, area_m2 from land_cell where mine_id = :mineId
  union all
  select valid_to, stage, -area_m2 from land_cell where mine_id = :mineId and valid_to is not null
), passed as (
  select on_date, to_stage as stage, area_m2 from land_passages(array[cast(:mineId as bigint)], '-infinity', 'infinity')
  union all
  select on_date, from_stage, -area_m2 from land_transition where mine_id = :mineId
), by_cells as (
  select on_date, stage, sum(area_m2) as area_m2, sum(abs(area_m2)) as turnover_m2 from moved group by on_date, stage
), by_passages as (
  select on_date, stage, sum(area_m2) as area_m2 from passed group by on_date, stage
)
select coalesce(c.on_date, p.on_date) as "onDate", coalesce(c.stage, p.stage) as stage, coalesce(c.area_m2, 0) as "cellsM2",
  coalesce(p.area_m2, 0) as "passedM2"
from by_cells c full join by_passages p on p.on_date = c.on_date and p.stage = c.stage
where abs(coalesce(c.area_m2, 0) - coalesce(p.area_m2, 0)) > 0.01 + 1e-7 * coalesce(c.turnover_m2, 0)
order by 1, 2
