-- params: asAt west south east north
-- returns: id mineId kind code nameZh nameEn mineral status areaM2 wkb
select
  b.id,
  b.mine_id as "mineId",
  b.kind,
  m.code,
  m.name_zh as "nameZh",
  m.name_en as "nameEn",
  m.mineral,
  m.status,
  b.area_m2 as "areaM2",
  st_asbinary(b.geom) as wkb
from boundary b
join mine m on m.id = b.mine_id
where b.valid_from <= cast(:asAt as date) and (b.valid_to is null or b.valid_to > cast(:asAt as date))
  and b.geom && st_makeenvelope(
    cast(:west as double precision), cast(:south as double precision),
    cast(:east as double precision), cast(:north as double precision), 4326)
order by b.id
