-- params: boundaryId
-- returns: id mineId code severity params areaM2 lng lat
-- What is worth a warning about a new version of an outline: ground that another mine's outline holds at the same time (told to
-- both, with the mine that answers for it), a responsibility range that leaves the reclamation zone and the land in permanent use, an
-- area declared that the outline does not have. The second is judged afresh whenever one of its outlines changes.
with b as materialized (
  select * from boundary where id = cast(:boundaryId as bigint)
), other as materialized (
  select o.mine_id, overlay_union(array_agg(o.geom)) as geom
  from b join boundary o on o.geom && b.geom and o.mine_id <> b.mine_id and o.kind in ('LICENCE', 'SURFRIGHT', 'RESP')
    and daterange(o.valid_from, o.valid_to) && daterange(b.valid_from, b.valid_to)
  where b.kind in ('LICENCE', 'SURFRIGHT', 'RESP') and st_intersects(o.geom, b.geom)
  group by o.mine_id
), shared as materialized (
  select b.mine_id as new_id, o.mine_id as other_id, overlay_intersection(b.geom, o.geom) as geom,
    (select m.code from mine m where m.id in (b.mine_id, o.mine_id)
     order by (select min(l.valid_from) from boundary l where l.mine_id = m.id and l.kind = 'LICENCE') nulls last, m.id limit 1) as responsible
  from b, other o
), zone as materialized (
  select overlay_union(array_agg(z.geom)) as geom, bool_or(z.kind = 'RECLZONE') as is_known
  from b join boundary z on z.mine_id = b.mine_id and z.kind in ('RECLZONE', 'SURFRIGHT')
  where b.kind in ('RESP', 'RECLZONE', 'SURFRIGHT') and z.valid_from <= b.valid_from and (z.valid_to is null or z.valid_to > b.valid_from)
), raw as (
  select s.new_id as mine_id, 'boundary-of-another-mine' as code,
    jsonb_build_object('mineCode', m.code, 'responsibleMine', s.responsible) as params, s.geom
  from shared s join mine m on m.id = s.other_id
  union all
  select s.other_id, 'boundary-of-another-mine', jsonb_build_object('mineCode', m.code, 'responsibleMine', s.responsible), s.geom
  from shared s join mine m on m.id = s.new_id
  union all
  select b.mine_id, 'responsibility-outside-zone', '{}', overlay_difference(r.geom, zone.geom)
  from b join boundary r on r.mine_id = b.mine_id and r.kind = 'RESP' cross join zone
  where r.valid_from <= b.valid_from and (r.valid_to is null or r.valid_to > b.valid_from) and zone.is_known and not st_coveredby(r.geom, zone.geom)
  union all
  select b.mine_id, 'declared-area-differs', jsonb_build_object('declaredAreaM2', b.declared_area_m2), b.geom
  from b where abs(b.declared_area_m2 - b.area_m2) > greatest(0.005 * b.area_m2, 10)
), part as (
  select mine_id, code, params, (st_dump(geom)).geom as geom from raw
), wide as (
  select mine_id, code, params, st_multi(st_collect(geom)) as geom from part
  where not overlay_is_sliver(st_area(geom::geography), st_perimeter(geom::geography))
  group by mine_id, code, params
), gone as (
  delete from land_finding f using b
  where f.mine_id = b.mine_id and f.code = 'responsibility-outside-zone' and b.kind in ('RESP', 'RECLZONE', 'SURFRIGHT')
)
insert into land_finding (mine_id, boundary_id, code, severity, params, geom)
select w.mine_id, b.id, w.code, 'warning', w.params, w.geom from wide w, b
returning id, mine_id as "mineId", code, severity, params, area_m2 as "areaM2", st_x(st_pointonsurface(geom)) as lng,
  st_y(st_pointonsurface(geom)) as lat
