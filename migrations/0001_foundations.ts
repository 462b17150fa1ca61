import type { Knex } from 'knex';

/** PostGIS, the revisions of map layers, the product's own rows of background jobs, and stored answers of requests. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('create extension if not exists postgis');
  await knex.raw('create extension if not exists btree_gist');
  await knex.raw(`
    create table layer_revision (
      layer text primary key,
      revision bigint not null default 1
    )`);
  await knex.raw(`
    create table job (
      id uuid primary key default gen_random_uuid(),
      kind text not null,
      state text not null default 'queued' constraint chk_job_state check (state in ('queued', 'running', 'done', 'failed')),
      progress double precision not null default 0 constraint chk_job_progress check (progress between 0 and 1),
      code text,
      params jsonb,
      payload jsonb not null,
      result jsonb,
      dedupe_key text,
      subject_kind text,
      subject_id text,
      attempt int not null default 0,
      heartbeat_at timestamptz(3),
      cancel_requested boolean not null default false,
      created_by bigint,
      created_at timestamptz(3) not null default now(),
      started_at timestamptz(3),
      finished_at timestamptz(3)
    )`);
  await knex.raw("create unique index uq_job_open_key on job (kind, dedupe_key) where state in ('queued', 'running')");
  await knex.raw('create index ix_job_subject on job (subject_kind, subject_id, created_at)');
  await knex.raw(`
    create table idempotency (
      account_id bigint not null,
      key text not null,
      method_and_path text not null,
      body_sha256 text not null,
      status int,
      answer jsonb,
      etag text,
      created_at timestamptz(3) not null default now(),
      primary key (account_id, key)
    )`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table idempotency, job, layer_revision');
}
