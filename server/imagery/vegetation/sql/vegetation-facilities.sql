-- params: mineId index bands version from to sceneId targetId publicOnly limit afterOn afterScene afterTarget
-- returns: sceneId acquiredOn targetId areaM2 status missingBands mean stdev min max median vegetatedAreaM2 validFraction nEff
select s.id as "sceneId", s.acquired_on as "acquiredOn", f.id as "targetId", f.area_m2 as "areaM2",
  case when lacks.bands is null then coalesce(z.status, 'not-computed') else 'bands-missing' end as status,
  lacks.bands as "missingBands", z.mean, z.stdev, z.min, z.max, z.median,
  z.vegetated_area_m2 as "vegetatedAreaM2", z.valid_fraction as "validFraction", z.n_eff as "nEff"
from facility f
join scene s on s.footprint && f.geom
  and f.valid_from <= s.acquired_on and (f.valid_to is null or f.valid_to > s.acquired_on)
cross join lateral (
  select json_agg(needed.band order by needed.place) as bands
  from jsonb_array_elements_text(cast(:bands as jsonb)) with ordinality as needed(band, place)
  where not jsonb_exists(s.bands, needed.band)
) lacks
left join zonal_stat z on z.facility_id = f.id and z.target_version = f.revision and z.scene_id = s.id
  and z.index_code = :index and z.algorithm_version = cast(:version as int)
where f.mine_id = cast(:mineId as bigint)
  and s.state <> 'failed'
  and (s.is_public or not cast(:publicOnly as boolean))
  and (cast(:from as date) is null or s.acquired_on >= cast(:from as date))
  and (cast(:to as date) is null or s.acquired_on <= cast(:to as date))
  and (cast(:sceneId as bigint) is null or s.id = cast(:sceneId as bigint))
  and (cast(:targetId as text) is null or cast(f.id as text) = cast(:targetId as text))
  and (cast(:afterOn as date) is null or (s.acquired_on, s.id, f.id)
    > (cast(:afterOn as date), cast(:afterScene as bigint), cast(:afterTarget as bigint)))
order by s.acquired_on, s.id, f.id
limit cast(:limit as int)
