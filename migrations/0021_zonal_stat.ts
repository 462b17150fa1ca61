import type { Knex } from 'knex';

/**
 * What the scenes say about pieces of land. One row a target version, scene, index and version of the computation: doing
 * it again replaces, never doubles. Reference areas are undisturbed or long-recovered land nearby, read on the same day as
 * the reclaimed cells.
 *
 * Rows go with their target. A land cell that was published keeps its rows when the working ledger drops it: its shape
 * never changes, so what was measured stays true for the copy that the public sees; hence a trigger, not a foreign key.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table reference_area (
      id bigint generated always as identity primary key,
      mine_id bigint not null constraint fk_reference_area_mine references mine (id),
      ecosystem_zh text not null,
      ecosystem_en text not null,
      geom geometry(MultiPolygon,4326) not null
        constraint chk_reference_area_geom_valid check (st_isvalid(geom) and not st_isempty(geom)),
      area_m2 double precision generated always as (st_area(geom::geography)) stored,
      valid_from date not null,
      valid_to date,
      revision int not null default 1,
      created_by bigint,
      created_at timestamptz not null default now(),
      constraint chk_reference_area_validity check (valid_to is null or valid_from < valid_to)
    )`);
  await knex.raw('create index ix_reference_area_geom on reference_area using gist (geom)');
  await knex.raw('create index ix_reference_area_mine on reference_area (mine_id, valid_from)');

  await knex.raw(`
    create table zonal_stat (
      id bigint generated always as identity primary key,
      scene_id bigint not null constraint fk_zonal_stat_scene references scene (id) on delete cascade,
      target_kind text not null generated always as (
        case when cell_id is not null then 'land' when facility_id is not null then 'facilities'
             when habitat_id is not null then 'habitats' else 'reference' end) stored,
      target_id text not null generated always as (
        coalesce(cell_id::text, facility_id::text, habitat_id::text, reference_area_id::text)) stored,
      target_version int not null default 1,
      cell_id bigint,
      facility_id bigint constraint fk_zonal_stat_facility references facility (id) on delete cascade,
      habitat_id uuid constraint fk_zonal_stat_habitat references habitat_patch (id) on delete cascade,
      reference_area_id bigint constraint fk_zonal_stat_reference references reference_area (id) on delete cascade,
      index_code text not null,
      algorithm_version int not null,
      status text not null constraint chk_zonal_stat_status
        check (status in ('ok', 'low-coverage', 'too-small', 'no-valid-pixels', 'outside')),
      mean double precision,
      stdev double precision,
      min double precision,
      max double precision,
      median double precision,
      vegetated_area_m2 double precision,
      valid_fraction double precision not null constraint chk_zonal_stat_fraction check (valid_fraction between 0 and 1),
      n_eff double precision not null,
      computed_at timestamptz not null default now(),
      constraint uq_zonal_stat_target unique
        (target_kind, target_id, target_version, scene_id, index_code, algorithm_version),
      constraint chk_zonal_stat_one_target
        check (num_nonnulls(cell_id, facility_id, habitat_id, reference_area_id) = 1),
      constraint chk_zonal_stat_value check ((status in ('no-valid-pixels', 'outside')) = (mean is null))
    )`);
  await knex.raw('create index ix_zonal_stat_scene on zonal_stat (scene_id, index_code)');
  for (const [name, column] of [
    ['cell', 'cell_id'],
    ['facility', 'facility_id'],
    ['habitat', 'habitat_id'],
    ['reference', 'reference_area_id'],
  ] as const) {
    await knex.raw(`
      create index ix_zonal_stat_${name} on zonal_stat (${column}, index_code) where ${column} is not null`);
  }

  // What lies on a scene on its day: the one place that says so, for the job that computes and for the question what is missing.
  await knex.raw(`
    create view scene_target as
      select s.id as scene_id, 'land' as kind, c.id::text as target_id, 1 as target_version, c.mine_id, c.area_m2, c.geom
      from scene s
      join land_cell c on c.geom && s.footprint
        and c.valid_from <= s.acquired_on and (c.valid_to is null or c.valid_to > s.acquired_on)
      union all
      select s.id, 'land', c.cell_id::text, 1, c.mine_id, c.area_m2, c.geom
      from scene s
      join published_cell c on c.geom && s.footprint
        and c.valid_from <= s.acquired_on and (c.valid_to is null or c.valid_to > s.acquired_on)
      where c.period_id in (
          select distinct on (p.mine_id) p.id from published_period p order by p.mine_id, p.as_at desc, p.id desc)
        and not exists (select 1 from land_cell l where l.id = c.cell_id)
      union all
      select s.id, 'facilities', f.id::text, f.revision, f.mine_id, f.area_m2, f.geom
      from scene s
      join facility f on f.geom && s.footprint
        and f.valid_from <= s.acquired_on and (f.valid_to is null or f.valid_to > s.acquired_on)
      union all
      select s.id, 'habitats', h.id::text, h.revision, h.mine_id, h.area_m2, h.geom
      from scene s
      join habitat_patch h on h.geom && s.footprint
        and h.valid_from <= s.acquired_on and (h.valid_to is null or h.valid_to > s.acquired_on)
      union all
      select s.id, 'habitats', h.id::text, h.revision, h.mine_id, g.area_m2, g.geom
      from scene s
      join restricted.habitat_geometry g on g.geom && s.footprint
      join habitat_patch h on h.id = g.patch_id
        and h.valid_from <= s.acquired_on and (h.valid_to is null or h.valid_to > s.acquired_on)
      union all
      select s.id, 'reference', r.id::text, r.revision, r.mine_id, r.area_m2, r.geom
      from scene s
      join reference_area r on r.geom && s.footprint
        and r.valid_from <= s.acquired_on and (r.valid_to is null or r.valid_to > s.acquired_on)`);

  await knex.raw('create index ix_published_cell_cell on published_cell (cell_id)');
  await knex.raw(`
    create function drop_zonal_stat_of_cells() returns trigger language plpgsql as $$
    begin
      delete from zonal_stat z using gone
      where z.cell_id = gone.id and not exists (select 1 from published_cell p where p.cell_id = gone.id);
      return null;
    end $$`);
  await knex.raw(`
    create trigger land_cell_drops_zonal_stat after delete on land_cell referencing old table as gone
    for each statement execute function drop_zonal_stat_of_cells()`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop trigger land_cell_drops_zonal_stat on land_cell');
  await knex.raw('drop function drop_zonal_stat_of_cells()');
  await knex.raw('drop view scene_target');
  await knex.raw('drop index ix_published_cell_cell');
  await knex.raw('drop table zonal_stat');
  await knex.raw('drop table reference_area');
}
