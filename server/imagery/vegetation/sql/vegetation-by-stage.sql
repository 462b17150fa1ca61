-- params: mineId index bands version from to sceneId publicOnly periodId
-- returns: sceneId acquiredOn stage mean fvc areaM2 cellCount validFraction leftOutCount leftOutM2 reason
with cell as (
  select c.id, c.stage, c.stage_rank, c.area_m2, c.valid_from, c.valid_to, c.geom
  from land_ground c
  where c.mine_id = cast(:mineId as bigint) and cast(:periodId as bigint) is null
  union all
  select c.cell_id, c.stage, c.stage_rank, c.area_m2, c.valid_from, c.valid_to, c.geom
  from published_cell c
  where c.period_id = cast(:periodId as bigint)
)
select s.id as "sceneId", s.acquired_on as "acquiredOn", c.stage,
  sum(z.mean * c.area_m2) filter (where z.status = 'ok')
    / nullif(sum(c.area_m2) filter (where z.status = 'ok'), 0) as mean,
  sum(f.mean * c.area_m2) filter (where f.status = 'ok')
    / nullif(sum(c.area_m2) filter (where f.status = 'ok'), 0) as fvc,
  coalesce(sum(c.area_m2) filter (where z.status = 'ok'), 0) as "areaM2",
  cast(count(*) filter (where z.status = 'ok') as int) as "cellCount",
  sum(z.valid_fraction * c.area_m2) / nullif(sum(c.area_m2) filter (where z.id is not null), 0) as "validFraction",
  cast(count(*) filter (where z.status is distinct from 'ok') as int) as "leftOutCount",
  coalesce(sum(c.area_m2) filter (where z.status is distinct from 'ok'), 0) as "leftOutM2",
  -- Why most of what was left out was left out.
  mode() within group (
    order by case when lacks.bands is null then coalesce(z.status, 'not-computed') else 'bands-missing' end)
    filter (where z.status is distinct from 'ok') as reason
from cell c
join scene s on s.footprint && c.geom
  and c.valid_from <= s.acquired_on and (c.valid_to is null or c.valid_to > s.acquired_on)
cross join lateral (
  select json_agg(needed.band order by needed.place) as bands
  from jsonb_array_elements_text(cast(:bands as jsonb)) with ordinality as needed(band, place)
  where not jsonb_exists(s.bands, needed.band)
) lacks
left join zonal_stat z on z.cell_id = c.id and z.scene_id = s.id and z.index_code = :index
  and z.algorithm_version = cast(:version as int)
left join zonal_stat f on f.cell_id = c.id and f.scene_id = s.id and f.index_code = 'fvc'
  and f.algorithm_version = cast(:version as int)
where s.state <> 'failed'
  and (s.is_public or not cast(:publicOnly as boolean))
  and (cast(:from as date) is null or s.acquired_on >= cast(:from as date))
  and (cast(:to as date) is null or s.acquired_on <= cast(:to as date))
  and (cast(:sceneId as bigint) is null or s.id = cast(:sceneId as bigint))
group by s.id, s.acquired_on, c.stage, c.stage_rank
order by s.acquired_on, s.id, c.stage_rank
