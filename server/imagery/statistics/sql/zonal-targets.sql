-- params: sceneId version limit maxPoints
-- returns: kind targetId targetVersion areaM2 wkb — what lies on the scene on its day and has no rows of this version yet
with missing as (
  select t.kind, t.target_id, t.target_version, t.area_m2, t.geom
  from scene_target t
  where t.scene_id = cast(:sceneId as bigint)
    and not exists (
      select 1 from zonal_stat z
      where z.scene_id = cast(:sceneId as bigint) and z.algorithm_version = cast(:version as int)
        and z.target_kind = t.kind and z.target_id = t.target_id and z.target_version = t.target_version
    )
  -- Along the Hilbert curve of the geometry order: neighbours are computed together and share blocks.
  order by t.geom, t.kind, t.target_id
  limit cast(:limit as int)
),
counted as (
  select m.*, sum(st_npoints(m.geom)) over (order by m.geom, m.kind, m.target_id) as points from missing m
)
-- One target always goes, however many points it has; together they stay below what a thread should hold.
select kind, target_id as "targetId", target_version as "targetVersion", area_m2 as "areaM2", st_asbinary(geom) as wkb
from counted
where points <= cast(:maxPoints as bigint) or points = (select min(points) from counted)
order by points
