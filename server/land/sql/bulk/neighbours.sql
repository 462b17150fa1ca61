-- params: mineId
-- returns: earlierId earlier others
-- Where land is that was recorded before, as EWKB in hexadecimal: the box round the events of the mine, and a box for each other mine; null
-- where there is none; `earlierId` is the last id given out. Asked before the first row of a file is written: asked later, the rows of the file itself would stand in the way.
with b as (
  select mine_id, cast(st_extent(geom) as geometry) as geom from land_event where retracted_at is null group by mine_id
)
select coalesce((select max(id) from land_event), 0) as "earlierId",
  encode(st_asewkb(st_setsrid(st_collect(geom) filter (where mine_id = cast(:mineId as bigint)), 4326)), 'hex') as earlier,
  encode(st_asewkb(st_setsrid(st_collect(geom) filter (where mine_id <> cast(:mineId as bigint)), 4326)), 'hex') as others
from b
