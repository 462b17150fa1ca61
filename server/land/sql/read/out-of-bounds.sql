-- params: mineId asAt
-- returns: areaM2
select coalesce(sum(st_area(part.geom::geography)), 0) as "areaM2"
from (
  select overlay_union(array_agg(geom)) as geom
  from (
    select f.geom, st_clusterdbscan(f.geom, 0, 1) over () as cluster
    from land_finding f join land_event e on e.id = f.event_id
    where f.mine_id = :mineId and f.code = 'out-of-bounds' and e.retracted_at is null and e.effective_on <= cast(:asAt as date)
  ) clustered
  group by cluster
) part
