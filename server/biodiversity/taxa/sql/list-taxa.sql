-- params: ids scientificName q afterName limit
-- returns: id scientificName nameZh nameEn rank kingdom class family genus gbifKey revision
select
  t.id,
  t.scientific_name as "scientificName",
  t.name_zh as "nameZh",
  t.name_en as "nameEn",
  t.rank,
  t.kingdom,
  t.class,
  t.family,
  t.genus,
  t.gbif_key as "gbifKey",
  t.revision
from taxon t
where (cast(:ids as jsonb) is null
    or t.id in (select cast(id as bigint) from jsonb_array_elements_text(cast(:ids as jsonb)) as given(id)))
  and (cast(:scientificName as text) is null or t.scientific_name = :scientificName)
  and (cast(:q as text) is null
    or strpos(lower(t.scientific_name), lower(:q)) > 0
    or strpos(lower(t.name_zh), lower(:q)) > 0
    or strpos(lower(t.name_en), lower(:q)) > 0)
  and (cast(:afterName as text) is null or t.scientific_name > :afterName)
order by t.scientific_name
limit :limit
