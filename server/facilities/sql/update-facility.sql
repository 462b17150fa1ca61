-- params: facilityId revision nameZh nameEn geometry validFrom validTo status attributes
-- returns: id revision
update facility
set name_zh = :nameZh,
    name_en = :nameEn,
    geom = st_multi(st_setsrid(st_geomfromgeojson(cast(:geometry as text)), 4326)),
    valid_from = cast(:validFrom as date),
    valid_to = cast(:validTo as date),
    status = :status,
    attributes = cast(:attributes as jsonb),
    revision = revision + 1
where id = :facilityId and revision = :revision
returning id, revision
