import type { Knex } from 'knex';

/** Who changed what (append-only), and the organisations that accounts and mines belong to. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table audit_entry (
      id bigint generated always as identity primary key,
      at timestamptz not null default now(),
      account_id bigint,
      username text,
      action text not null,
      subject_kind text not null,
      subject_id text not null,
      before jsonb,
      after jsonb
    )`);
  await knex.raw('create index ix_audit_entry_subject on audit_entry (subject_kind, subject_id, id)');
  await knex.raw(`
    create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception 'append-only' using errcode = '23514', constraint = 'chk_append_only';
    end $$`);
  await knex.raw(`
    create trigger audit_entry_append_only before update or delete or truncate on audit_entry
    for each statement execute function refuse_change()`);

  await knex.raw(`
    create table organisation (
      id bigint generated always as identity primary key,
      code text not null constraint uq_organisation_code unique,
      name_zh text not null,
      name_en text not null,
      parent_id bigint constraint fk_organisation_parent references organisation (id),
      kind text not null constraint chk_organisation_kind
        check (kind in ('group', 'company', 'mine', 'regulator', 'consultant', 'public')),
      revision int not null default 1,
      constraint chk_organisation_not_own_parent check (parent_id is distinct from id)
    )`);
  await knex.raw('create index ix_organisation_parent on organisation (parent_id)');
  await knex.raw(`
    alter table account add constraint fk_account_organisation
    foreign key (organisation_id) references organisation (id)`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table account drop constraint fk_account_organisation');
  await knex.raw('drop table organisation');
  await knex.raw('drop table audit_entry');
  await knex.raw('drop function refuse_change()');
}
