-- params: mineIds periodIds asAt groupBy
-- returns: key shareKey areaM2
-- Land that the ledgers of two mines both hold on a date, as the part to be taken off the mine that does not answer for it, so that
-- sums over mines are sums over the union. Of a point the mine answers whose own outlines (licence, surface right, responsibility range)
-- hold it, else or if both do, the one with the older licence, else the one entered first. Where such land may be is known from the
-- findings: without any, nothing is read.
with place as materialized (
  select f.mine_id, m.id as other_id, f.geom from land_finding f join mine m on m.code = f.params ->> 'mineCode' where f.code = 'land-of-another-mine'
), side as materialized (
  select mine_id, geom from place union all select other_id, geom from place
), cell as materialized (
  select c.mine_id, c.share_key, c.geom, row_number() over () as n
  from land_ground c
  where c.id in (
    select l.id from side s join land_ground l on l.mine_id = s.mine_id and l.outline && s.geom and l.geom && s.geom
    where l.mine_id = any (cast(:mineIds as bigint[])) and l.valid_from <= cast(:asAt as date)
      and (l.valid_to is null or l.valid_to > cast(:asAt as date)))
  union all
  select c.mine_id, c.share_key, c.geom, -row_number() over ()
  from published_cell c
  where c.id in (
    select l.id from side s join published_cell l on l.mine_id = s.mine_id and l.geom && s.geom join published_period p on p.id = l.period_id
    where p.id = any (cast(:periodIds as bigint[])) and l.valid_from <= least(p.as_at, cast(:asAt as date))
      and (l.valid_to is null or l.valid_to > least(p.as_at, cast(:asAt as date))))
), claim as materialized (
  select m.mine_id, min(b.valid_from) filter (where b.kind = 'LICENCE') as since,
    coalesce(overlay_union(array_agg(b.geom) filter (where b.id is not null)), 'srid=4326;multipolygon empty') as geom
  from (select distinct mine_id from cell) m
  left join boundary b on b.mine_id = m.mine_id and b.kind in ('LICENCE', 'SURFRIGHT', 'RESP') and b.valid_from <= cast(:asAt as date)
    and (b.valid_to is null or b.valid_to > cast(:asAt as date))
  group by m.mine_id
), ordered as materialized (
  select mine_id, geom, row_number() over (order by since nulls last, mine_id) as place from claim
), rival as materialized (
  select a.mine_id, b.mine_id as rival_id, b.place < a.place as rival_is_older,
    case when b.place < a.place then overlay_difference(a.geom, b.geom) else overlay_difference(b.geom, a.geom) end as exception
  from ordered a join ordered b on b.mine_id <> a.mine_id
), taken as materialized (
  select c.n, c.mine_id, c.share_key, overlay_union(array_agg(case
      when r.rival_is_older then overlay_difference(overlay_intersection(c.geom, d.geom), r.exception)
      else overlay_intersection(overlay_intersection(c.geom, d.geom), r.exception)
    end)) as geom
  from cell c join rival r on r.mine_id = c.mine_id join cell d on d.mine_id = r.rival_id and d.geom && c.geom
  where st_intersects(d.geom, c.geom)
  group by c.n, c.mine_id, c.share_key
)
select case cast(:groupBy as text) when 'mine' then m.id::text when 'province' then m.province when 'mineral' then m.mineral
    else m.organisation_id::text end as key,
  t.share_key as "shareKey", sum(st_area(t.geom::geography)) as "areaM2"
from taken t join mine m on m.id = t.mine_id
where not st_isempty(t.geom)
group by 1, 2
