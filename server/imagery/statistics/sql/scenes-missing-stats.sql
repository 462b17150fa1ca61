-- params: mineId version
-- returns: id — ready scenes on which something of the mine has no rows of this version
select s.id
from scene s
where s.state = 'ready'
  and s.footprint && (
    select st_setsrid(st_extent(g.geom), 4326)
    from (
      select geom from land_cell where mine_id = cast(:mineId as bigint)
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
        where z.scene_id = s.id and z.algorithm_version = cast(:version as int)
          and z.target_kind = t.kind and z.target_id = t.target_id and z.target_version = t.target_version
      )
  )
order by s.acquired_on, s.id
