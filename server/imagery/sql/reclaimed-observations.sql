-- params: mineId index version from to publicOnly periodId
-- returns: eventId sceneId acquiredOn cellMean disturbedMean referenceMean — per scene what one event's land, land in use and reference areas show that day; null = nothing that may be used
with cell as (
  select c.id, c.event_id, c.stage, c.area_m2, c.valid_from, c.valid_to, c.geom
  from land_cell c
  where c.mine_id = cast(:mineId as bigint) and cast(:periodId as bigint) is null
    and c.stage in ('CLR', 'DST', 'EST', 'CMP', 'CRT')
  union all
  select c.cell_id, c.event_id, c.stage, c.area_m2, c.valid_from, c.valid_to, c.geom
  from published_cell c
  where c.period_id = cast(:periodId as bigint)
    and c.stage in ('CLR', 'DST', 'EST', 'CMP', 'CRT')
),
seen as (
  select c.event_id, c.stage in ('CLR', 'DST') as in_use, s.id as scene_id, s.acquired_on, c.area_m2,
    case when z.status = 'ok' then z.mean end as mean
  from cell c
  join scene s on s.footprint && c.geom
    and c.valid_from <= s.acquired_on and (c.valid_to is null or c.valid_to > s.acquired_on)
  join zonal_stat z on z.cell_id = c.id and z.scene_id = s.id and z.index_code = :index
    and z.algorithm_version = cast(:version as int)
  where (s.is_public or not cast(:publicOnly as boolean))
    and (cast(:from as date) is null or s.acquired_on >= cast(:from as date))
    and (cast(:to as date) is null or s.acquired_on <= cast(:to as date))
),
disturbed as (
  select scene_id, sum(mean * area_m2) / nullif(sum(area_m2) filter (where mean is not null), 0) as mean
  from seen where in_use group by scene_id
),
reference as (
  select z.scene_id, sum(z.mean * r.area_m2) / nullif(sum(r.area_m2), 0) as mean
  from reference_area r
  join scene s on s.footprint && r.geom
    and r.valid_from <= s.acquired_on and (r.valid_to is null or r.valid_to > s.acquired_on)
  join zonal_stat z on z.reference_area_id = r.id and z.target_version = r.revision and z.scene_id = s.id
    and z.index_code = :index and z.algorithm_version = cast(:version as int) and z.status = 'ok'
  where r.mine_id = cast(:mineId as bigint)
  group by z.scene_id
)
select e.event_id as "eventId", e.scene_id as "sceneId", e.acquired_on as "acquiredOn",
  sum(e.mean * e.area_m2) / nullif(sum(e.area_m2) filter (where e.mean is not null), 0) as "cellMean",
  max(d.mean) as "disturbedMean", max(f.mean) as "referenceMean"
from seen e
left join disturbed d on d.scene_id = e.scene_id
left join reference f on f.scene_id = e.scene_id
where not e.in_use
group by e.event_id, e.scene_id, e.acquired_on
order by e.event_id, e.acquired_on, e.scene_id
