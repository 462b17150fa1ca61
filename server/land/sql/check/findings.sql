-- params: eventIds
-- returns: id code severity params areaM2 lng lat
-- What is worth a warning about events, with its shape: disturbance outside every boundary that allows it, beyond the approved
-- limit, land of another mine, works of one scope on land of another (they would count in a rate whose denominator leaves them out),
-- an area declared that the outline does not have, a stage reached sooner than a rule asks that nobody has confirmed yet (a
-- confirmed rule refuses). Nothing is clipped. What an event meets is looked up in the index for each.
with e as materialized (
  select * from land_event where id = any (cast(:eventIds as bigint[]))
), ground as materialized (
  select d.mine_id, d.effective_on, count(b.id) filter (where b.kind <> 'APPRLIM') as known,
    overlay_union(array_agg(b.geom) filter (where b.kind <> 'APPRLIM' and b.valid_from <= d.effective_on and (b.valid_to is null or b.valid_to > d.effective_on)))
      as allowed,
    overlay_union(array_agg(b.geom) filter (where b.kind = 'APPRLIM' and b.valid_from <= d.effective_on and (b.valid_to is null or b.valid_to > d.effective_on)))
      as approved
  from (select distinct mine_id, effective_on from e) d
  left join boundary b on b.mine_id = d.mine_id and b.kind in ('LICENCE', 'SURFRIGHT', 'RESP', 'APPRLIM')
  group by d.mine_id, d.effective_on
), raw as (
  select e.id, 'out-of-bounds' as code, '{}'::jsonb as params, overlay_difference(e.geom, coalesce(g.allowed, 'srid=4326;multipolygon empty')) as geom
  from e join ground g on g.mine_id = e.mine_id and g.effective_on = e.effective_on
  where g.known > 0 and e.stage_rank between 1 and 3 and e.scope in ('LIC', 'TMPU') and (g.allowed is null or not st_coveredby(e.geom, g.allowed))
  union all
  select e.id, 'beyond-approved-limit', '{}', overlay_difference(e.geom, g.approved)
  from e join ground g on g.mine_id = e.mine_id and g.effective_on = e.effective_on
  where g.approved is not null and e.stage_rank between 1 and 3 and not st_coveredby(e.geom, g.approved)
  union all
  select e.id, 'land-of-another-mine', jsonb_build_object('mineCode', m.code), overlay_intersection(e.geom, o.geom)
  from e cross join lateral (
    select o.mine_id, overlay_union(array_agg(o.geom)) as geom
    from land_event o
    where o.geom && e.geom and o.mine_id + 0 <> e.mine_id and o.retracted_at is null and st_intersects(o.geom, e.geom)
    group by o.mine_id offset 0
  ) o
  join mine m on m.id = o.mine_id
  union all
  select e.id, 'scope-changed', jsonb_build_object('fromScope', c.scope, 'toScope', e.scope), overlay_intersection(e.geom, c.geom)
  from e cross join lateral (
    select c.scope, overlay_union(array_agg(c.geom)) as geom
    from land_ground c
    where c.outline && e.geom and c.geom && e.geom and c.mine_id + 0 = e.mine_id and c.valid_to = e.effective_on and c.scope <> e.scope and st_intersects(c.geom, e.geom)
    group by c.scope offset 0
  ) c
  where e.stage_rank >= 4
  union all
  select e.id, 'declared-area-differs', jsonb_build_object('declaredAreaM2', e.declared_area_m2), e.geom
  from e where abs(e.declared_area_m2 - e.area_m2) > greatest(0.005 * e.area_m2, 10)
  union all
  select e.id, 'accepted-too-early', jsonb_build_object('fromStage', x.stage, 'stage', e.stage, 'minMonths', x.min_months),
    overlay_intersection(e.geom, x.geom)
  from e cross join lateral (
    select x.stage, r.min_months, overlay_union(array_agg(x.geom)) as geom
    from land_transition t
    join stage_rule r on r.from_stage = t.from_stage and r.to_stage = e.stage and not r.verified
    join land_event x on x.id = t.from_event_id
    where t.to_event_id = e.id and e.effective_on < x.effective_on + make_interval(months => r.min_months)
    group by x.stage, r.min_months offset 0
  ) x
  where e.reason is distinct from 'CORR'
), part as (
  select id, code, params, (st_dump(geom)).geom as geom from raw
), wide as (
  select id, code, params, st_multi(st_collect(geom)) as geom from part
  where not overlay_is_sliver(st_area(geom::geography), st_perimeter(geom::geography))
  group by id, code, params
)
insert into land_finding (mine_id, event_id, code, severity, params, geom)
select e.mine_id, e.id, w.code, 'warning', w.params, w.geom from wide w join e on e.id = w.id
order by e.id
returning id, code, severity, params, area_m2 as "areaM2", st_x(st_pointonsurface(geom)) as lng,
  st_y(st_pointonsurface(geom)) as lat
