-- params: id geometry
-- returns: id
insert into restricted.occurrence_geometry (occurrence_id, geom)
values (cast(:id as uuid), st_setsrid(st_geomfromgeojson(cast(:geometry as text)), 4326))
returning occurrence_id as id
