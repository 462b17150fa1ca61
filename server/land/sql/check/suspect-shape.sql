-- params: eventId fromEventId fault
-- returns: eventId effectiveOn stage fromStage areaM2 lng lat
-- The land of a suspect passage, without slivers and without what an earlier event of the same day accounts for.
with t as materialized (
  select y.id as to_event_id, y.mine_id, y.effective_on, y.stage, y.stage_rank, x.id as from_event_id, x.stage as from_stage, k.geom as taken
  from land_event y
  join land_ground k on k.event_id = y.id and k.valid_from = y.effective_on
  left join land_event x on x.id = cast(:fromEventId as bigint)
  where y.id = cast(:eventId as bigint)
), ended as materialized (
  select c.event_id, c.stage_rank, c.geom
  from t join land_ground c on c.mine_id = t.mine_id and c.valid_to = t.effective_on and c.outline && t.taken and c.geom && t.taken
), land as materialized (
  select t.to_event_id, t.from_stage, case
    when cast(:fault as text) = 'reclaimed-never-disturbed'
      then overlay_difference(t.taken, coalesce((select overlay_union(array_agg(geom)) from ended where stage_rank >= 1), 'srid=4326;multipolygon empty'))
      else overlay_intersection(t.taken, (select overlay_union(array_agg(geom)) from ended where event_id = t.from_event_id))
    end as geom
  from t
), between_them as materialized (
  select overlay_union(array_agg(z.geom)) as geom
  from t join land_event z on z.mine_id = t.mine_id and z.effective_on = t.effective_on and z.id < t.to_event_id and z.geom && t.taken
  where z.retracted_at is null
    and case when cast(:fault as text) = 'reclaimed-never-disturbed' then z.stage_rank >= 1 else z.stage_rank <= t.stage_rank end
), part as (
  select (st_dump(overlay_difference(land.geom, coalesce(b.geom, 'srid=4326;multipolygon empty')))).geom as geom from land, between_them b
), wide as (
  select geom, st_area(geom::geography) as area_m2 from part
  where not overlay_is_sliver(st_area(geom::geography), st_perimeter(geom::geography))
)
select t.to_event_id as "eventId", t.effective_on as "effectiveOn", t.stage, t.from_stage as "fromStage", sum(w.area_m2) as "areaM2",
  st_x(st_pointonsurface((array_agg(w.geom order by w.area_m2 desc))[1])) as lng,
  st_y(st_pointonsurface((array_agg(w.geom order by w.area_m2 desc))[1])) as lat
from t, wide w
group by t.to_event_id, t.effective_on, t.stage, t.from_stage
