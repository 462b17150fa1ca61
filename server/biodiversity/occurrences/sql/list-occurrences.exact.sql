-- params: categories mineId occurrenceId west south east north taxonId from to afterId limit
-- returns: id mineId surveyId taxonId eventDate individualCount basisOfRecord occurrenceStatus coordinateUncertaintyM lifeStage behavior use recordedBy remarks sensitivity geometry revision
select
  o.id,
  o.mine_id as "mineId",
  o.survey_id as "surveyId",
  o.taxon_id as "taxonId",
  o.event_date as "eventDate",
  o.individual_count as "individualCount",
  o.basis_of_record as "basisOfRecord",
  o.occurrence_status as "occurrenceStatus",
  o.coordinate_uncertainty_m as "coordinateUncertaintyM",
  o.life_stage as "lifeStage",
  o.behavior,
  o.habitat_use as use,
  o.recorded_by as "recordedBy",
  o.remarks,
  o.sensitivity,
  cast(st_asgeojson(coalesce(o.geom, exact.geom), 9) as json) as geometry,
  o.revision
from occurrence o
left join restricted.occurrence_geometry exact on exact.occurrence_id = o.id
where (o.sensitivity = 0
    or o.sensitivity in (select cast(c as smallint) from jsonb_array_elements_text(cast(:categories as jsonb)) as given(c)))
  and o.mine_id = :mineId
  and (cast(:occurrenceId as uuid) is null or o.id = cast(:occurrenceId as uuid))
  and (cast(:west as double precision) is null
    or coalesce(o.geom, exact.geom) && st_makeenvelope(
      cast(:west as double precision), cast(:south as double precision),
      cast(:east as double precision), cast(:north as double precision), 4326))
  and (cast(:taxonId as bigint) is null or o.taxon_id = :taxonId)
  and (cast(:from as date) is null or o.event_date >= cast(:from as date))
  and (cast(:to as date) is null or o.event_date <= cast(:to as date))
  and (cast(:afterId as uuid) is null or o.id > cast(:afterId as uuid))
order by o.id
limit :limit
