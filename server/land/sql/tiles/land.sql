-- params: west south east north asAt
-- returns: id mineId eventId stage scope evidenceGrade since areaM2 wkb
select id, mine_id as "mineId", event_id as "eventId", stage, scope, evidence_grade as "evidenceGrade", since, area_m2 as "areaM2",
  st_asbinary(geom) as wkb
from land_ground
where (cast(:west as float8) is null or (outline && st_makeenvelope(cast(:west as float8), cast(:south as float8), cast(:east as float8), cast(:north as float8), 4326)
    and geom && st_makeenvelope(cast(:west as float8), cast(:south as float8), cast(:east as float8), cast(:north as float8), 4326)))
  and valid_from <= cast(:asAt as date) and (valid_to is null or valid_to > cast(:asAt as date))
order by id
