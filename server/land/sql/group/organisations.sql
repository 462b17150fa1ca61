-- params:
-- returns: id code nameZh nameEn parentId
select id, code, name_zh as "nameZh", name_en as "nameEn", parent_id as "parentId" from organisation order by code
