import type { Knex } from 'knex';

/**
 * What the public sees. Publishing copies a mine's ledger up to a date as it is known at that moment; the copy never changes and its
 * hash says so. Yearly plans live here too, because a published rate keeps the plan it was measured against.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table annual_plan (
      mine_id bigint not null constraint fk_annual_plan_mine references mine (id),
      year int not null constraint chk_annual_plan_year check (year between 1900 and 2200),
      planned_m2 double precision not null constraint chk_annual_plan_area check (planned_m2 >= 0 and planned_m2 < 1e12),
      source text,
      revision int not null default 1,
      constraint pk_annual_plan primary key (mine_id, year)
    )`);
  await knex.raw(`
    create table published_period (
      id bigint generated always as identity primary key,
      mine_id bigint not null constraint fk_published_period_mine references mine (id),
      as_at date not null,
      known_at timestamptz(3) not null,
      published_at timestamptz(3) not null default now(),
      published_by bigint,
      land_revision int not null,
      definition_version text not null,
      plans jsonb not null,
      ledger_hash text not null
    )`);
  await knex.raw('create index ix_published_period_mine on published_period (mine_id, as_at, id)');
  await knex.raw(`
    create table published_cell (
      id bigint generated always as identity primary key,
      period_id bigint not null constraint fk_published_cell_period references published_period (id),
      mine_id bigint not null,
      cell_id bigint not null,
      event_id bigint not null,
      stage text not null,
      stage_rank int not null,
      scope text not null,
      evidence_grade text not null,
      since date not null,
      valid_from date not null,
      valid_to date,
      geom geometry(MultiPolygon,4326) not null,
      area_m2 double precision not null,
      share_key int generated always as (land_share_key(stage, scope, evidence_grade)) stored
    )`);
  await knex.raw('alter table published_cell alter column geom set storage external');
  await knex.raw('create index ix_published_cell_geom on published_cell using gist (geom)');
  await knex.raw('create index ix_published_cell_period on published_cell (period_id, valid_from, valid_to)');
  await knex.raw(`
    create index ix_published_cell_share on published_cell (period_id, share_key, valid_from, valid_to) include (area_m2)`);
  await knex.raw(`
    create table published_transition (
      period_id bigint not null constraint fk_published_transition_period references published_period (id),
      on_date date not null,
      from_stage text,
      from_scope text,
      to_stage text not null,
      to_scope text not null,
      reason text,
      is_rounding boolean not null,
      area_m2 double precision not null
    )`);
  await knex.raw('create index ix_published_transition_period on published_transition (period_id, on_date)');
  for (const table of ['published_period', 'published_cell', 'published_transition']) {
    await knex.raw(`
      create function ${table}_is_final() returns trigger language plpgsql as $$
      begin
        raise exception 'published' using errcode = '23514', constraint = 'chk_published_final';
      end $$`);
    await knex.raw(`
      create trigger ${table}_final before update or delete or truncate on ${table}
      for each statement execute function ${table}_is_final()`);
  }
}

export async function down(knex: Knex): Promise<void> {
  for (const table of ['published_transition', 'published_cell', 'published_period']) {
    await knex.raw(`drop table ${table}`);
    await knex.raw(`drop function ${table}_is_final()`);
  }
  await knex.raw('drop table annual_plan');
}
