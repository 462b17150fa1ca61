-- params: sceneId
-- returns: id — of rows dropped because the same target has newer ones on this scene
delete from zonal_stat old
using zonal_stat fresh
where old.scene_id = cast(:sceneId as bigint)
  and fresh.scene_id = old.scene_id and fresh.target_kind = old.target_kind and fresh.target_id = old.target_id
  and fresh.index_code = old.index_code
  and (fresh.target_version, fresh.algorithm_version) > (old.target_version, old.algorithm_version)
returning old.id
