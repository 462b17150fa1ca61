-- params: id mineId supersedes nameZh nameEn habitatCode uses seasonFrom seasonTo quality sensitivity sensitivityReason validFrom validTo openGeometry
-- returns: id
insert into habitat_patch as p (
  id, mine_id, supersedes_id, name_zh, name_en, habitat_code, uses, season_from, season_to, quality, sensitivity,
  sensitivity_reason, valid_from, valid_to, geom)
values (
  coalesce(cast(:id as uuid), gen_random_uuid()), :mineId, cast(:supersedes as uuid), :nameZh, :nameEn, :habitatCode,
  array(select jsonb_array_elements_text(cast(:uses as jsonb))), :seasonFrom, :seasonTo,
  cast(:quality as double precision), cast(:sensitivity as smallint), :sensitivityReason,
  cast(:validFrom as date), cast(:validTo as date),
  st_multi(st_setsrid(st_geomfromgeojson(cast(:openGeometry as text)), 4326)))
on conflict (id) do update set
  name_zh = excluded.name_zh,
  name_en = excluded.name_en,
  habitat_code = excluded.habitat_code,
  uses = excluded.uses,
  season_from = excluded.season_from,
  season_to = excluded.season_to,
  quality = excluded.quality,
  sensitivity = excluded.sensitivity,
  sensitivity_reason = coalesce(excluded.sensitivity_reason, p.sensitivity_reason),
  valid_from = excluded.valid_from,
  valid_to = excluded.valid_to,
  geom = excluded.geom,
  revision = p.revision + 1
returning id
