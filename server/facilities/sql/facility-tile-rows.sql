-- params: asAt west south east north
-- returns: id mineId type nameZh nameEn status areaM2 wkb
select
  f.id,
  f.mine_id as "mineId",
  f.type,
  f.name_zh as "nameZh",
  f.name_en as "nameEn",
  f.status,
  f.area_m2 as "areaM2",
  st_asbinary(f.geom) as wkb
from facility f
where f.geom is not null
  and f.valid_from <= cast(:asAt as date)
  and (f.valid_to is null or f.valid_to > cast(:asAt as date))
  and f.geom && st_makeenvelope(
    cast(:west as double precision), cast(:south as double precision),
    cast(:east as double precision), cast(:north as double precision), 4326)
order by f.id
