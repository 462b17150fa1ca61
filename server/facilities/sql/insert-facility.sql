-- params: mineId type nameZh nameEn geometry validFrom validTo status attributes
-- returns: id
insert into facility (mine_id, type, name_zh, name_en, geom, valid_from, valid_to, status, attributes)
values (
  :mineId, :type, :nameZh, :nameEn, st_multi(st_setsrid(st_geomfromgeojson(cast(:geometry as text)), 4326)),
  cast(:validFrom as date), cast(:validTo as date), :status, cast(:attributes as jsonb))
returning id
