-- params: mineId version indexBands
-- returns: id — ready scenes on which something open of the mine lacks rows of this version for an index that their bands allow
select s.id
from scene s
cross join lateral (
  select i.key as index_code
  from jsonb_each(cast(:indexBands as jsonb)) as i
  where jsonb_exists_all(s.bands, array(select jsonb_array_elements_text(i.value)))
) allowed
where s.state = 'ready'
  and s.footprint && (
    select st_setsrid(st_extent(g.geom), 4326)
    from (
      select geom from land_ground where mine_id = cast(:mineId as bigint)
      union all select geom from facility where mine_id = cast(:mineId as bigint)
      union all select geom from reference_area where mine_id = cast(:mineId as bigint)
      union all select geom from habitat_patch where mine_id = cast(:mineId as bigint)
    ) g
  )
  and exists (
    select 1 from scene_target t
    where t.scene_id = s.id and t.mine_id = cast(:mineId as bigint)
      and not exists (
        select 1 from zonal_stat z
        where z.target_kind = t.kind and z.target_id = t.target_id and z.target_version = t.target_version
          and z.scene_id = s.id and z.index_code = allowed.index_code
          and z.algorithm_version = cast(:version as int)
      )
  )
group by s.id, s.acquired_on
order by s.acquired_on, s.id
