-- params: mineId west south east north q organisation province mineral status afterCode limit withGeometry
-- returns: id code nameZh nameEn organisationId organisationCode organisationNameZh organisationNameEn province mineral method status startOn endOn licenceNo landRevision publishedCount revision areaM2 bbox geometry
with recursive below as (
  select id from organisation where code = cast(:organisation as text)
  union
  select child.id from organisation child join below on child.parent_id = below.id
)
select
  m.id,
  m.code,
  m.name_zh as "nameZh",
  m.name_en as "nameEn",
  o.id as "organisationId",
  o.code as "organisationCode",
  o.name_zh as "organisationNameZh",
  o.name_en as "organisationNameEn",
  m.province,
  m.mineral,
  m.method,
  m.status,
  m.start_on as "startOn",
  m.end_on as "endOn",
  m.licence_no as "licenceNo",
  m.land_revision as "landRevision",
  (select count(*)::int from published_period p where p.mine_id = m.id) as "publishedCount",
  m.revision,
  licence.area_m2 as "areaM2",
  case when licence.geom is not null then
    json_build_array(st_xmin(licence.geom), st_ymin(licence.geom), st_xmax(licence.geom), st_ymax(licence.geom))
  end as bbox,
  case when cast(:withGeometry as boolean) then cast(st_asgeojson(licence.geom, 9) as json) end as geometry
from mine m
join organisation o on o.id = m.organisation_id
left join lateral (
  -- the version in force, else the latest past one, else the first to come
  select b.geom, b.area_m2
  from boundary b
  where b.mine_id = m.id and b.kind = 'LICENCE'
  order by (b.valid_from <= current_date) desc, abs(b.valid_from - current_date)
  limit 1
) licence on true
where (cast(:mineId as bigint) is null or m.id = :mineId)
  and (cast(:west as double precision) is null
    or licence.geom && st_makeenvelope(
      cast(:west as double precision), cast(:south as double precision),
      cast(:east as double precision), cast(:north as double precision), 4326))
  and (cast(:q as text) is null
    or strpos(lower(m.code), lower(:q)) > 0
    or strpos(lower(m.name_zh), lower(:q)) > 0
    or strpos(lower(m.name_en), lower(:q)) > 0)
  and (cast(:organisation as text) is null or m.organisation_id in (select id from below))
  and (cast(:province as text) is null or m.province = :province)
  and (cast(:mineral as text) is null or m.mineral = :mineral)
  and (cast(:status as text) is null or m.status = :status)
  and (cast(:afterCode as text) is null or m.code > :afterCode)
order by m.code
limit :limit
