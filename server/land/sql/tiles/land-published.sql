-- params: west south east north asAt
-- returns: id mineId eventId stage scope evidenceGrade since areaM2 wkb
with newest as materialized (
  select distinct on (mine_id) id, as_at from published_period order by mine_id, as_at desc, id desc
)
select c.cell_id as id, c.mine_id as "mineId", c.event_id as "eventId", c.stage, c.scope, c.evidence_grade as "evidenceGrade", c.since,
  c.area_m2 as "areaM2", st_asbinary(c.geom) as wkb
from newest p join published_cell c on c.period_id = p.id
where (cast(:west as float8) is null or c.geom && st_makeenvelope(cast(:west as float8), cast(:south as float8), cast(:east as float8), cast(:north as float8), 4326))
  and c.valid_from <= least(p.as_at, cast(:asAt as date))
  and (c.valid_to is null or c.valid_to > least(p.as_at, cast(:asAt as date)))
order by c.cell_id
