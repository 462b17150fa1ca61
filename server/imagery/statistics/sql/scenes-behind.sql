-- params: version indexBands
-- returns: id — ready scenes that were computed once and have no row of this version for an index that their bands allow
select s.id
from scene s
where s.state = 'ready'
  and exists (select 1 from zonal_stat z where z.scene_id = s.id)
  and exists (
    select 1 from jsonb_each(cast(:indexBands as jsonb)) as i
    where jsonb_exists_all(s.bands, array(select jsonb_array_elements_text(i.value)))
      and not exists (
        select 1 from zonal_stat z
        where z.scene_id = s.id and z.index_code = i.key and z.algorithm_version = cast(:version as int)
      )
  )
order by s.acquired_on, s.id
