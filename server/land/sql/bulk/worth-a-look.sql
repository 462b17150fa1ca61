-- params: mineId importId lastId others
-- returns: id
-- Events of an import, of those after `lastId`, that may be worth a warning or lie in the wrong place: beyond the outlines of their mine or the approved limit, on land
-- of another mine, of another area than declared. Coarse: each is judged by itself afterwards. What holds for the box round all of
-- them is not asked of each. `others`: a box round the land of each other mine.
with e as materialized (
  select id, geom, effective_on, stage_rank, area_m2, declared_area_m2
  from land_event
  where id between cast(:lastId as bigint) + 1 and 9007199254740991 and import_id + 0 = cast(:importId as bigint)
), box as materialized (
  select effective_on, st_setsrid(cast(st_extent(geom) as geometry), 4326) as geom from e group by effective_on
), ground as materialized (
  select d.effective_on, d.geom as box,
    overlay_union(array_agg(b.geom) filter (where b.kind in ('LICENCE', 'SURFRIGHT', 'RESP'))) as allowed,
    overlay_union(array_agg(b.geom) filter (where b.kind = 'APPRLIM')) as approved
  from box d
  left join boundary b on b.mine_id = cast(:mineId as bigint) and b.valid_from <= d.effective_on and (b.valid_to is null or b.valid_to > d.effective_on)
  group by d.effective_on, d.geom
), judged as materialized (
  select g.effective_on, case when st_coveredby(g.box, g.allowed) then null else g.allowed end as allowed, g.allowed is null as is_unknown,
    case when st_coveredby(g.box, g.approved) then null else g.approved end as approved,
    coalesce(st_intersects(cast(cast(:others as text) as geometry), g.box), false) as has_others
  from ground g
)
select e.id
from e join judged g on g.effective_on = e.effective_on
where g.is_unknown or (g.allowed is not null and not st_coveredby(e.geom, g.allowed))
  or (g.approved is not null and e.stage_rank between 1 and 3 and not st_coveredby(e.geom, g.approved))
  or abs(e.declared_area_m2 - e.area_m2) > greatest(0.005 * e.area_m2, 10)
  or (g.has_others and exists (
    select from land_event o
    where o.geom && e.geom and o.mine_id + 0 <> cast(:mineId as bigint) and o.retracted_at is null and st_intersects(o.geom, e.geom)
    offset 0))
order by e.id
