import type { Knex } from 'knex';

/**
 * Files that were examined, and written to the ledger or not. The file itself and its diagnosis lie in the object store below
 * `storage_folder`. How the columns of an organisation's files map to the ledger is remembered by the names of the columns.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table import_batch (
      id bigint generated always as identity primary key,
      mine_id bigint not null constraint fk_import_batch_mine references mine (id),
      file_name text not null,
      sha256 text not null,
      bytes bigint not null,
      format text,
      storage_folder text not null,
      state text not null
        constraint chk_import_batch_state check (state in ('checked', 'refused', 'writing', 'written', 'failed')),
      mapping jsonb,
      fixes jsonb not null default '{}',
      meeting int[] not null default '{}',
      row_count int not null,
      ready_count int not null,
      error_count int not null,
      written int not null default 0,
      job_id uuid,
      created_by bigint,
      created_at timestamptz(3) not null default now(),
      written_at timestamptz(3),
      constraint chk_import_batch_written check ((state = 'written') = (written_at is not null))
    )`);
  await knex.raw(`create index ix_import_batch_content on import_batch (mine_id, sha256) where state = 'written'`);
  await knex.raw(`create index ix_import_batch_age on import_batch (created_at) where state <> 'written'`);
  await knex.raw(`
    create table import_template (
      organisation_id bigint not null constraint fk_import_template_organisation references organisation (id),
      fields_key text not null,
      mapping jsonb not null,
      updated_by bigint,
      updated_at timestamptz(3) not null default now(),
      constraint pk_import_template primary key (organisation_id, fields_key)
    )`);
  await knex.raw(`
    alter table land_event add column import_id bigint constraint fk_land_event_import references import_batch (id)`);
  await knex.raw('create index ix_land_event_import on land_event (import_id) where import_id is not null');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index ix_land_event_import');
  await knex.raw('alter table land_event drop column import_id');
  await knex.raw('drop table import_template');
  await knex.raw('drop table import_batch');
}
