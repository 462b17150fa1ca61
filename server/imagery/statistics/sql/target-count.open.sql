-- params: sceneId version indices
-- returns: missing — how many open targets lie on the scene on its day and lack rows of this version for some of the indices
select cast(count(*) as int) as missing
from scene_target t
cross join lateral (
  select json_agg(wanted.index_code order by wanted.place) as indices
  from jsonb_array_elements_text(cast(:indices as jsonb)) with ordinality as wanted(index_code, place)
  where not exists (
    select 1 from zonal_stat z
    where z.target_kind = t.kind and z.target_id = t.target_id and z.target_version = t.target_version
      and z.scene_id = t.scene_id and z.index_code = wanted.index_code
      and z.algorithm_version = cast(:version as int)
  )
) lacks
where t.scene_id = cast(:sceneId as bigint) and lacks.indices is not null
