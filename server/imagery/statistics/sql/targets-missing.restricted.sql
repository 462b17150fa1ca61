-- params: sceneId version indices limit maxPoints
-- returns: kind targetId targetVersion areaM2 wkb indices — hidden habitats: what lies on the scene on its day and lacks rows of this version for some of the indices: which
with missing as (
  select t.kind, t.target_id, t.target_version, t.area_m2, t.geom, lacks.indices
  from restricted.scene_target t
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
  -- Along the Hilbert curve of the geometry order: neighbours are computed together and share blocks.
  order by t.geom, t.kind, t.target_id
  limit cast(:limit as int)
),
counted as (
  select m.*, sum(st_npoints(m.geom)) over (order by m.geom, m.kind, m.target_id) as points from missing m
)
-- One target always goes, however many points it has; together they stay below what a thread should hold.
select kind, target_id as "targetId", target_version as "targetVersion", area_m2 as "areaM2", st_asbinary(geom) as wkb,
  indices
from counted
where points <= cast(:maxPoints as bigint) or points = (select min(points) from counted)
order by points
