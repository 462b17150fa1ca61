-- params: mineId index bands version from to sceneId targetId publicOnly categories limit afterOn afterScene afterTarget
-- returns: sceneId acquiredOn targetId areaM2 status missingBands mean stdev min max median vegetatedAreaM2 validFraction nEff sensitivity — of open habitats, and of hidden ones of the categories
with habitat as (
  select h.id, h.revision, h.valid_from, h.valid_to, h.sensitivity, coalesce(h.geom, exact.geom) as geom,
    coalesce(h.area_m2, exact.area_m2) as area_m2
  from habitat_patch h
  left join restricted.habitat_geometry exact on exact.patch_id = h.id
  where h.mine_id = cast(:mineId as bigint)
    and (h.sensitivity = 0
      or h.sensitivity in (select cast(c as smallint) from jsonb_array_elements_text(cast(:categories as jsonb)) as given(c)))
)
select s.id as "sceneId", s.acquired_on as "acquiredOn", cast(h.id as text) as "targetId", h.area_m2 as "areaM2",
  case when lacks.bands is null then coalesce(z.status, 'not-computed') else 'bands-missing' end as status,
  lacks.bands as "missingBands", z.mean, z.stdev, z.min, z.max, z.median,
  z.vegetated_area_m2 as "vegetatedAreaM2", z.valid_fraction as "validFraction", z.n_eff as "nEff",
  h.sensitivity
from habitat h
join scene s on s.footprint && h.geom
  and h.valid_from <= s.acquired_on and (h.valid_to is null or h.valid_to > s.acquired_on)
cross join lateral (
  select json_agg(needed.band order by needed.place) as bands
  from jsonb_array_elements_text(cast(:bands as jsonb)) with ordinality as needed(band, place)
  where not jsonb_exists(s.bands, needed.band)
) lacks
left join zonal_stat z on z.habitat_id = h.id and z.target_version = h.revision and z.scene_id = s.id
  and z.index_code = :index and z.algorithm_version = cast(:version as int)
where s.state <> 'failed'
  and (s.is_public or not cast(:publicOnly as boolean))
  and (cast(:from as date) is null or s.acquired_on >= cast(:from as date))
  and (cast(:to as date) is null or s.acquired_on <= cast(:to as date))
  and (cast(:sceneId as bigint) is null or s.id = cast(:sceneId as bigint))
  and (cast(:targetId as text) is null or cast(h.id as text) = cast(:targetId as text))
  and (cast(:afterOn as date) is null or (s.acquired_on, s.id, h.id)
    > (cast(:afterOn as date), cast(:afterScene as bigint), cast(:afterTarget as uuid)))
order by s.acquired_on, s.id, h.id
limit cast(:limit as int)
