-- params: sceneId version
-- returns: total missing — how many targets lie on the scene on its day, and how many have no rows of this version
select cast(count(*) as int) as total,
  cast(count(*) filter (where not exists (
    select 1 from zonal_stat z
    where z.scene_id = cast(:sceneId as bigint) and z.algorithm_version = cast(:version as int)
      and z.target_kind = t.kind and z.target_id = t.target_id and z.target_version = t.target_version
  )) as int) as missing
from scene_target t
where t.scene_id = cast(:sceneId as bigint)
