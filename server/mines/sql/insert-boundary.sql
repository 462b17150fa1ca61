-- params: mineId kind geometry validFrom validTo docRef declaredAreaM2
-- returns: id areaM2
insert into boundary (mine_id, kind, geom, valid_from, valid_to, doc_ref, declared_area_m2)
values (
  :mineId, :kind, st_multi(st_setsrid(st_geomfromgeojson(cast(:geometry as text)), 4326)),
  cast(:validFrom as date), cast(:validTo as date), :docRef, cast(:declaredAreaM2 as float8))
returning id, area_m2 as "areaM2"
