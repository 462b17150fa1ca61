-- params: mineId periodId asAt
-- returns: cellId eventId stage areaM2 — what is reclaimed on the day (basis E)
select c.id as "cellId", c.event_id as "eventId", c.stage, c.area_m2 as "areaM2"
from land_cell c
where c.mine_id = cast(:mineId as bigint) and cast(:periodId as bigint) is null
  and c.stage in ('EST', 'CMP', 'CRT')
  and c.valid_from <= cast(:asAt as date) and (c.valid_to is null or c.valid_to > cast(:asAt as date))
union all
select c.cell_id, c.event_id, c.stage, c.area_m2
from published_cell c
where c.period_id = cast(:periodId as bigint)
  and c.stage in ('EST', 'CMP', 'CRT')
  and c.valid_from <= cast(:asAt as date) and (c.valid_to is null or c.valid_to > cast(:asAt as date))
order by 1
