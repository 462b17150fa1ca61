-- params: sceneId version rows
-- returns: id — of the rows written; rows of targets that are gone by now are left out
with given as (
  select * from jsonb_to_recordset(cast(:rows as jsonb)) as r (
    "kind" text, "targetId" text, "targetVersion" int, "index" text, "status" text, "mean" float8, "stdev" float8,
    "min" float8, "max" float8, "median" float8, "vegetatedAreaM2" float8, "validFraction" float8, "nEff" float8)
),
alive as (
  select g.* from given g
  where case g."kind"
    when 'land' then exists (select 1 from land_cell c where c.id = cast(g."targetId" as bigint))
      or exists (select 1 from published_cell c where c.cell_id = cast(g."targetId" as bigint))
    when 'facilities' then exists (select 1 from facility f where f.id = cast(g."targetId" as bigint))
    when 'habitats' then exists (select 1 from habitat_patch h where h.id = cast(g."targetId" as uuid))
    else exists (select 1 from reference_area a where a.id = cast(g."targetId" as bigint))
  end
)
insert into zonal_stat (
  scene_id, cell_id, facility_id, habitat_id, reference_area_id, target_version, index_code, algorithm_version, status,
  mean, stdev, min, max, median, vegetated_area_m2, valid_fraction, n_eff)
select cast(:sceneId as bigint),
  case when "kind" = 'land' then cast("targetId" as bigint) end,
  case when "kind" = 'facilities' then cast("targetId" as bigint) end,
  case when "kind" = 'habitats' then cast("targetId" as uuid) end,
  case when "kind" = 'reference' then cast("targetId" as bigint) end,
  "targetVersion", "index", cast(:version as int), "status",
  "mean", "stdev", "min", "max", "median", "vegetatedAreaM2", "validFraction", "nEff"
from alive
on conflict on constraint uq_zonal_stat_target do update set
  status = excluded.status, mean = excluded.mean, stdev = excluded.stdev, min = excluded.min, max = excluded.max,
  median = excluded.median, vegetated_area_m2 = excluded.vegetated_area_m2,
  valid_fraction = excluded.valid_fraction, n_eff = excluded.n_eff, computed_at = now()
returning id
