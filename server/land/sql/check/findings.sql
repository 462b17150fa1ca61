-- params: eventId
-- returns: id code severity params areaM2 lng lat
-- What is worth a warning about an event, with its shape: disturbance outside every boundary that allows it (I6), beyond the approved
-- limit (I7), land of another mine (I10), works of one scope on land of another (the legacy trap, I17),
-- an area declared that the outline does not have (I3), a stage reached sooner than a rule asks that nobody has confirmed yet (I14; a
-- confirmed rule refuses). Nothing is clipped.
with e as materialized (
  select * from land_event where id = cast(:eventId as bigint)
), allowed as (
  select count(b.id) as known,
    overlay_union(array_agg(b.geom) filter (where b.valid_from <= e.effective_on and (b.valid_to is null or b.valid_to > e.effective_on))) as geom
  from e join boundary b on b.mine_id = e.mine_id and b.kind in ('LICENCE', 'SURFRIGHT', 'RESP')
), approved as (
  select overlay_union(array_agg(b.geom)) as geom
  from e join boundary b on b.mine_id = e.mine_id and b.kind = 'APPRLIM'
  where b.valid_from <= e.effective_on and (b.valid_to is null or b.valid_to > e.effective_on)
), raw as (
  select 'out-of-bounds' as code, '{}'::jsonb as params, overlay_difference(e.geom, coalesce(a.geom, 'srid=4326;multipolygon empty')) as geom
  from e, allowed a
  where a.known > 0 and e.stage_rank between 1 and 3 and e.scope in ('LIC', 'TMPU') and (a.geom is null or not st_coveredby(e.geom, a.geom))
  union all
  select 'beyond-approved-limit', '{}', overlay_difference(e.geom, a.geom)
  from e, approved a where a.geom is not null and e.stage_rank between 1 and 3 and not st_coveredby(e.geom, a.geom)
  union all
  select 'land-of-another-mine', jsonb_build_object('mineCode', m.code), overlay_intersection(e.geom, overlay_union(array_agg(o.geom)))
  from e join land_event o on o.geom && e.geom and o.mine_id <> e.mine_id join mine m on m.id = o.mine_id
  where o.retracted_at is null and st_intersects(o.geom, e.geom)
  group by e.geom, m.code
  union all
  select 'scope-changed', jsonb_build_object('fromScope', c.scope, 'toScope', e.scope), overlay_intersection(e.geom, overlay_union(array_agg(c.geom)))
  from e join land_cell c on c.mine_id = e.mine_id and c.geom && e.geom
  where e.stage_rank >= 4 and c.valid_to = e.effective_on and c.scope <> e.scope and st_intersects(c.geom, e.geom)
  group by e.geom, c.scope, e.scope
  union all
  select 'declared-area-differs', jsonb_build_object('declaredAreaM2', e.declared_area_m2), e.geom
  from e where abs(e.declared_area_m2 - e.area_m2) > greatest(0.005 * e.area_m2, 10)
  union all
  select 'accepted-too-early', jsonb_build_object('fromStage', x.stage, 'stage', e.stage, 'minMonths', r.min_months),
    overlay_intersection(e.geom, overlay_union(array_agg(x.geom)))
  from e join land_transition t on t.to_event_id = e.id
  join stage_rule r on r.from_stage = t.from_stage and r.to_stage = e.stage and not r.verified
  join land_event x on x.id = t.from_event_id
  where e.effective_on < x.effective_on + make_interval(months => r.min_months) and e.reason is distinct from 'CORR'
  group by e.geom, x.stage, e.stage, r.min_months
), part as (
  select code, params, (st_dump(geom)).geom as geom from raw
), wide as (
  select code, params, st_multi(st_collect(geom)) as geom from part
  where not overlay_is_sliver(st_area(geom::geography), st_perimeter(geom::geography))
  group by code, params
)
insert into land_finding (mine_id, event_id, code, severity, params, geom)
select e.mine_id, e.id, w.code, 'warning', w.params, w.geom from wide w, e
returning id, code, severity, params, area_m2 as "areaM2", st_x(st_pointonsurface(geom)) as lng, st_y(st_pointonsurface(geom)) as lat
