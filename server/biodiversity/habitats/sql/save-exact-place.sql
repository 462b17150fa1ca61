-- params: id geometry
-- returns: areaM2
insert into restricted.habitat_geometry (patch_id, geom)
values (cast(:id as uuid), st_multi(st_setsrid(st_geomfromgeojson(cast(:geometry as text)), 4326)))
on conflict (patch_id) do update set geom = excluded.geom
returning area_m2 as "areaM2"
