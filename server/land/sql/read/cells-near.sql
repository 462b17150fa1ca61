-- params: mineId wests souths easts norths most
-- returns: wkb
-- What is recorded of a mine's land without end and meets one of several boxes, each cell once, at most so many of them.
select encode(st_asbinary(c.geom), 'base64') as wkb
from land_ground c
where c.mine_id = cast(:mineId as bigint) and c.valid_to is null and c.stage <> 'UND'
  and exists (
    select 1
    from unnest(cast(:wests as float8[]), cast(:souths as float8[]), cast(:easts as float8[]), cast(:norths as float8[]))
      as box (west, south, east, north)
    where c.outline && st_makeenvelope(box.west, box.south, box.east, box.north, 4326)
      and c.geom && st_makeenvelope(box.west, box.south, box.east, box.north, 4326))
limit cast(:most as int)
