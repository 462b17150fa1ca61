import type { Knex } from 'knex';

/** Who may sign in, with what, and the sessions and tokens they hold. Secrets are stored as digests only. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table account (
      id bigint generated always as identity primary key,
      username text not null constraint uq_account_username unique,
      password_hash text not null,
      role text not null constraint chk_account_role
        check (role in ('manager', 'ecologist', 'regulator', 'steward', 'group', 'admin')),
      organisation_id bigint,
      created_at timestamptz(3) not null default now(),
      disabled_at timestamptz(3)
    )`);
  await knex.raw(`
    create table session (
      token_hash bytea primary key,
      account_id bigint not null constraint fk_session_account references account on delete cascade,
      created_at timestamptz(3) not null default now(),
      last_seen_at timestamptz(3) not null default now(),
      expires_at timestamptz(3) not null
    )`);
  await knex.raw('create index ix_session_account on session (account_id)');
  await knex.raw(`
    create table api_token (
      id bigint generated always as identity primary key,
      token_hash bytea not null constraint uq_api_token unique,
      account_id bigint not null constraint fk_api_token_account references account on delete cascade,
      name text not null,
      created_at timestamptz(3) not null default now(),
      expires_at timestamptz(3) not null,
      revoked_at timestamptz(3)
    )`);
  await knex.raw('create index ix_api_token_account on api_token (account_id)');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table api_token, session, account');
}
