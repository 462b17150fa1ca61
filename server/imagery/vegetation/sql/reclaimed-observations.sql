-- params: mineId index version from to publicOnly periodId
-- returns: eventId sceneId acquiredOn cell disturbed reference — per scene what one event's land, land in use and reference areas show that day, as {mean stdev nEff validFraction}; null = nothing that may be used
with cell as (
  select c.id, c.event_id, c.stage, c.area_m2, c.valid_from, c.valid_to, c.geom
  from land_ground c
  where c.mine_id = cast(:mineId as bigint) and cast(:periodId as bigint) is null
    and c.stage in ('CLR', 'DST', 'EST', 'CMP', 'CRT')
  union all
  select c.cell_id, c.event_id, c.stage, c.area_m2, c.valid_from, c.valid_to, c.geom
  from published_cell c
  where c.period_id = cast(:periodId as bigint)
    and c.stage in ('CLR', 'DST', 'EST', 'CMP', 'CRT')
),
seen as (
  select c.event_id, c.stage in ('CLR', 'DST') as in_use, s.id as scene_id, s.acquired_on, c.area_m2, z.status,
    z.mean, z.stdev, z.n_eff, z.valid_fraction
  from cell c
  join scene s on s.footprint && c.geom
    and c.valid_from <= s.acquired_on and (c.valid_to is null or c.valid_to > s.acquired_on)
  join zonal_stat z on z.cell_id = c.id and z.scene_id = s.id and z.index_code = :index
    and z.algorithm_version = cast(:version as int)
  where (s.is_public or not cast(:publicOnly as boolean))
    and (cast(:from as date) is null or s.acquired_on >= cast(:from as date))
    and (cast(:to as date) is null or s.acquired_on <= cast(:to as date))
),
ground as (
  select 'event' as part, event_id, scene_id, area_m2, status, mean, stdev, n_eff, valid_fraction
  from seen where not in_use
  union all
  select 'disturbed', null, scene_id, area_m2, status, mean, stdev, n_eff, valid_fraction
  from seen where in_use
  union all
  select 'reference', null, z.scene_id, r.area_m2, z.status, z.mean, z.stdev, z.n_eff, z.valid_fraction
  from reference_area r
  join zonal_stat z on z.reference_area_id = r.id and z.target_version = r.revision and z.index_code = :index
    and z.algorithm_version = cast(:version as int)
  where r.mine_id = cast(:mineId as bigint)
),
-- Several pieces of the same kind count as one: weighted by area, spread within and between them together.
pooled as (
  select part, event_id, scene_id, sum(mean * area_m2) / sum(area_m2) as mean,
    sqrt(greatest(0, sum((stdev * stdev + mean * mean) * area_m2) / sum(area_m2)
      - (sum(mean * area_m2) / sum(area_m2)) ^ 2)) as stdev,
    sum(n_eff) as n_eff, sum(valid_fraction * area_m2) / sum(area_m2) as valid_fraction
  from ground
  where status = 'ok'
  group by part, event_id, scene_id
),
evidence as (
  select part, event_id, scene_id,
    json_build_object('mean', mean, 'stdev', stdev, 'nEff', n_eff, 'validFraction', valid_fraction) as value
  from pooled
)
select e.event_id as "eventId", e.scene_id as "sceneId", e.acquired_on as "acquiredOn", c.value as cell,
  d.value as disturbed, f.value as reference
from (select distinct event_id, scene_id, acquired_on from seen where not in_use) e
left join evidence c on c.part = 'event' and c.event_id = e.event_id and c.scene_id = e.scene_id
left join evidence d on d.part = 'disturbed' and d.scene_id = e.scene_id
left join evidence f on f.part = 'reference' and f.scene_id = e.scene_id
order by e.event_id, e.acquired_on, e.scene_id
