-- params: asAt west south east north
-- returns: id mineId nameZh nameEn habitatCode sensitivity areaM2 wkb
select
  p.id,
  p.mine_id as "mineId",
  p.name_zh as "nameZh",
  p.name_en as "nameEn",
  p.habitat_code as "habitatCode",
  p.sensitivity,
  p.area_m2 as "areaM2",
  st_asbinary(p.geom) as wkb
from habitat_patch p
where p.sensitivity = 0
  and p.valid_from <= cast(:asAt as date)
  and (p.valid_to is null or p.valid_to > cast(:asAt as date))
  and p.geom && st_makeenvelope(
    cast(:west as double precision), cast(:south as double precision),
    cast(:east as double precision), cast(:north as double precision), 4326)
order by p.id
