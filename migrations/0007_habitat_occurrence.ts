import type { Knex } from 'knex';

const OPEN_ROWS = ['habitat_patch', 'occurrence', 'survey'] as const;
const CHILD_ROWS = { habitat_taxon: 'patch_id' } as const;

/**
 * Habitats, surveys and occurrences. Where a sensitive one lies is kept in the schema `restricted`; the ordinary row then
 * has no geometry at all (checked). Keys are random: a serial one would tell that something hidden was entered in between.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('create schema restricted');
  await knex.raw(`
    create table survey (
      id uuid primary key default gen_random_uuid(),
      mine_id bigint not null constraint fk_survey_mine references mine (id),
      event_type text not null,
      event_date date not null,
      event_date_to date,
      sampling_protocol text,
      sample_size_value double precision,
      sample_size_unit text,
      sampling_effort text,
      remarks text,
      sensitivity smallint not null default 0 constraint chk_survey_sensitivity check (sensitivity between 0 and 4),
      revision int not null default 1,
      created_at timestamptz not null default now(),
      constraint chk_survey_dates check (event_date_to is null or event_date <= event_date_to),
      constraint chk_survey_sample_size check ((sample_size_value is null) = (sample_size_unit is null))
    )`);
  await knex.raw('create index ix_survey_mine on survey (mine_id, event_date)');

  await knex.raw(`
    create table habitat_patch (
      id uuid primary key default gen_random_uuid(),
      mine_id bigint not null constraint fk_habitat_patch_mine references mine (id),
      supersedes_id uuid constraint fk_habitat_patch_supersedes references habitat_patch (id),
      name_zh text not null,
      name_en text not null,
      habitat_code text not null,
      uses text[] not null default '{}',
      season_from text,
      season_to text,
      quality double precision constraint chk_habitat_patch_quality check (quality between 0 and 1),
      sensitivity smallint not null constraint chk_habitat_patch_sensitivity check (sensitivity between 0 and 4),
      sensitivity_reason text,
      valid_from date not null,
      valid_to date,
      geom geometry(MultiPolygon,4326)
        constraint chk_habitat_patch_geom_valid check (st_isvalid(geom) and not st_isempty(geom)),
      area_m2 double precision generated always as (st_area(geom::geography)) stored,
      revision int not null default 1,
      created_at timestamptz not null default now(),
      constraint chk_habitat_patch_validity check (valid_to is null or valid_from < valid_to),
      constraint chk_habitat_patch_place check ((sensitivity = 0) = (geom is not null))
    )`);
  await knex.raw('create index ix_habitat_patch_geom on habitat_patch using gist (geom)');
  await knex.raw('create index ix_habitat_patch_mine on habitat_patch (mine_id, valid_from)');
  await knex.raw(`
    create table restricted.habitat_geometry (
      patch_id uuid primary key constraint fk_habitat_geometry_patch references public.habitat_patch (id) on delete cascade,
      geom geometry(MultiPolygon,4326) not null
        constraint chk_habitat_geometry_valid check (st_isvalid(geom) and not st_isempty(geom)),
      area_m2 double precision generated always as (st_area(geom::geography)) stored
    )`);
  await knex.raw('create index ix_habitat_geometry_geom on restricted.habitat_geometry using gist (geom)');
  await knex.raw(`
    create table habitat_taxon (
      patch_id uuid not null constraint fk_habitat_taxon_patch references habitat_patch (id) on delete cascade,
      taxon_id bigint not null constraint fk_habitat_taxon_taxon references taxon (id),
      primary key (patch_id, taxon_id)
    )`);

  await knex.raw(`
    create table occurrence (
      id uuid primary key default gen_random_uuid(),
      mine_id bigint not null constraint fk_occurrence_mine references mine (id),
      survey_id uuid constraint fk_occurrence_survey references survey (id),
      taxon_id bigint constraint fk_occurrence_taxon references taxon (id),
      event_date date not null,
      individual_count int constraint chk_occurrence_count check (individual_count >= 0),
      basis_of_record text not null,
      occurrence_status text not null constraint chk_occurrence_status
        check (occurrence_status in ('detected', 'notDetected')),
      coordinate_uncertainty_m double precision
        constraint chk_occurrence_uncertainty check (coordinate_uncertainty_m > 0),
      life_stage text,
      behavior text,
      habitat_use text,
      recorded_by text,
      remarks text,
      sensitivity smallint not null constraint chk_occurrence_sensitivity check (sensitivity between 0 and 4),
      sensitivity_reason text,
      geom geometry(Point,4326),
      revision int not null default 1,
      created_at timestamptz not null default now(),
      constraint chk_occurrence_place check ((sensitivity = 0) = (geom is not null))
    )`);
  await knex.raw('create index ix_occurrence_geom on occurrence using gist (geom)');
  await knex.raw('create index ix_occurrence_mine on occurrence (mine_id, event_date)');
  await knex.raw(`
    create table restricted.occurrence_geometry (
      occurrence_id uuid primary key
        constraint fk_occurrence_geometry_occurrence references public.occurrence (id) on delete cascade,
      geom geometry(Point,4326) not null
    )`);
  await knex.raw('create index ix_occurrence_geometry_geom on restricted.occurrence_geometry using gist (geom)');

  await knex.raw(`
    create table restricted.exact_access_log (
      id bigint generated always as identity primary key,
      at timestamptz not null default now(),
      account_id bigint not null,
      role text not null,
      route text not null,
      subject_kind text not null,
      subject_ids uuid[] not null
    )`);
  await knex.raw(`
    create trigger exact_access_log_append_only before update or delete or truncate on restricted.exact_access_log
    for each statement execute function refuse_change()`);
  await makePublicReader(knex);
}

/**
 * The role that public reads put on (`set local role`): it has no rights on `restricted`, and row security shows it open
 * rows only, so that a forgotten condition finds nothing instead of leaking. Roles belong to the whole server, so several
 * databases share it. Where the database account may not make roles, public readers rely on their own conditions.
 */
async function makePublicReader(knex: Knex): Promise<void> {
  await knex.raw(`
    do $$ begin
      if not exists (select 1 from pg_roles where rolname = 'regreen_public') then
        create role regreen_public nologin;
      end if;
    exception when duplicate_object or unique_violation or insufficient_privilege then null;
    end $$`);
  await knex.raw(`
    do $$ begin
      if exists (select 1 from pg_roles where rolname = 'regreen_public')
         and not pg_has_role(current_user, 'regreen_public', 'MEMBER') then
        execute format('grant regreen_public to %I', current_user);
      end if;
    exception when insufficient_privilege then null;
    end $$`);
  for (const table of OPEN_ROWS) await knex.raw(`alter table ${table} enable row level security`);
  for (const table of Object.keys(CHILD_ROWS)) await knex.raw(`alter table ${table} enable row level security`);
  await knex.raw(`
    do $$ begin
      if exists (select 1 from pg_roles where rolname = 'regreen_public') then
        revoke all on schema restricted from public;
        revoke all on all tables in schema restricted from public;
        grant select on mine, organisation, taxon, status_list, status_entry to regreen_public;
        ${OPEN_ROWS.map(
          table => `grant select on ${table} to regreen_public;
        create policy open_rows on ${table} for select to regreen_public using (sensitivity = 0);`,
        ).join('\n        ')}
        ${Object.entries(CHILD_ROWS)
          .map(
            ([table, key]) => `grant select on ${table} to regreen_public;
        create policy open_rows on ${table} for select to regreen_public
          using (exists (select 1 from habitat_patch p where p.id = ${key}));`,
          )
          .join('\n        ')}
      end if;
    end $$`);
}

/** The role stays: other databases of the same server may use it. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table restricted.exact_access_log');
  await knex.raw('drop table restricted.occurrence_geometry');
  await knex.raw('drop table restricted.habitat_geometry');
  await knex.raw('drop table occurrence');
  await knex.raw('drop table habitat_taxon');
  await knex.raw('drop table habitat_patch');
  await knex.raw('drop table survey');
  await knex.raw('drop schema restricted');
}
