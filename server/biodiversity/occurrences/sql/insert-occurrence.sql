-- params: mineId surveyId taxonId eventDate individualCount basisOfRecord occurrenceStatus coordinateUncertaintyM lifeStage behavior use recordedBy remarks sensitivity sensitivityReason openGeometry
-- returns: id
insert into occurrence (
  mine_id, survey_id, taxon_id, event_date, individual_count, basis_of_record, occurrence_status,
  coordinate_uncertainty_m, life_stage, behavior, habitat_use, recorded_by, remarks, sensitivity, sensitivity_reason, geom)
values (
  :mineId, cast(:surveyId as uuid), :taxonId, cast(:eventDate as date), :individualCount, :basisOfRecord,
  :occurrenceStatus, cast(:coordinateUncertaintyM as double precision), :lifeStage, :behavior, :use, :recordedBy,
  :remarks, cast(:sensitivity as smallint), :sensitivityReason,
  st_setsrid(st_geomfromgeojson(cast(:openGeometry as text)), 4326))
returning id
