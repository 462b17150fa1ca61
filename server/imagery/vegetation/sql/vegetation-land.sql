-- params: mineId index bands version from to sceneId targetId publicOnly periodId limit afterOn afterScene afterTarget
-- returns: sceneId acquiredOn targetId stage since eventId areaM2 status missingBands mean stdev min max median vegetatedAreaM2 validFraction nEff
with cell as (
  select c.id, c.stage, c.since, c.event_id, c.area_m2, c.valid_from, c.valid_to, c.geom
  from land_ground c
  where c.mine_id = cast(:mineId as bigint) and cast(:periodId as bigint) is null
  union all
  select c.cell_id, c.stage, c.since, c.event_id, c.area_m2, c.valid_from, c.valid_to, c.geom
  from published_cell c
  where c.period_id = cast(:periodId as bigint)
)
select s.id as "sceneId", s.acquired_on as "acquiredOn", c.id as "targetId", c.stage, c.since,
  c.event_id as "eventId", c.area_m2 as "areaM2", case when lacks.bands is null then coalesce(z.status, 'not-computed') else 'bands-missing' end as status,
  lacks.bands as "missingBands",
  z.mean, z.stdev, z.min, z.max, z.median, z.vegetated_area_m2 as "vegetatedAreaM2",
  z.valid_fraction as "validFraction", z.n_eff as "nEff"
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
where s.state <> 'failed'
  and (s.is_public or not cast(:publicOnly as boolean))
  and (cast(:from as date) is null or s.acquired_on >= cast(:from as date))
  and (cast(:to as date) is null or s.acquired_on <= cast(:to as date))
  and (cast(:sceneId as bigint) is null or s.id = cast(:sceneId as bigint))
  and (cast(:targetId as text) is null or cast(c.id as text) = cast(:targetId as text))
  and (cast(:afterOn as date) is null or (s.acquired_on, s.id, c.id)
    > (cast(:afterOn as date), cast(:afterScene as bigint), cast(:afterTarget as bigint)))
order by s.acquired_on, s.id, c.id
limit cast(:limit as int)
