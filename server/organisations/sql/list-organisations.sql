-- params: code q afterCode limit
-- returns: id code nameZh nameEn parentCode kind revision
select
  o.id,
  o.code,
  o.name_zh as "nameZh",
  o.name_en as "nameEn",
  parent.code as "parentCode",
  o.kind,
  o.revision
from organisation o
left join organisation parent on parent.id = o.parent_id
where (cast(:code as text) is null or o.code = :code)
  and (cast(:q as text) is null
    or strpos(lower(o.code), lower(:q)) > 0
    or strpos(lower(o.name_zh), lower(:q)) > 0
    or strpos(lower(o.name_en), lower(:q)) > 0)
  and (cast(:afterCode as text) is null or o.code > :afterCode)
order by o.code
limit :limit
