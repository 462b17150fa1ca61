-- params: mineId index bands version from to sceneId publicOnly
-- returns: sceneId acquiredOn referenceAreaId ecosystemZh ecosystemEn areaM2 status missingBands mean stdev min max median vegetatedAreaM2 validFraction nEff
select s.id as "sceneId", s.acquired_on as "acquiredOn", r.id as "referenceAreaId",
  r.ecosystem_zh as "ecosystemZh", r.ecosystem_en as "ecosystemEn", r.area_m2 as "areaM2",
  case when lacks.bands is null then coalesce(z.status, 'not-computed') else 'bands-missing' end as status,
  lacks.bands as "missingBands", z.mean, z.stdev, z.min, z.max, z.median,
  z.vegetated_area_m2 as "vegetatedAreaM2", z.valid_fraction as "validFraction", z.n_eff as "nEff"
from reference_area r
join scene s on s.footprint && r.geom
  and r.valid_from <= s.acquired_on and (r.valid_to is null or r.valid_to > s.acquired_on)
cross join lateral (
  select json_agg(needed.band order by needed.place) as bands
  from jsonb_array_elements_text(cast(:bands as jsonb)) with ordinality as needed(band, place)
  where not jsonb_exists(s.bands, needed.band)
) lacks
left join zonal_stat z on z.reference_area_id = r.id and z.target_version = r.revision and z.scene_id = s.id
  and z.index_code = :index and z.algorithm_version = cast(:version as int)
where r.mine_id = cast(:mineId as bigint)
  and s.state <> 'failed'
  and (s.is_public or not cast(:publicOnly as boolean))
  and (cast(:from as date) is null or s.acquired_on >= cast(:from as date))
  and (cast(:to as date) is null or s.acquired_on <= cast(:to as date))
  and (cast(:sceneId as bigint) is null or s.id = cast(:sceneId as bigint))
order by s.acquired_on, s.id, r.id
