import type { Knex } from 'knex';

/** Species, and the lists that protect them. A list entry names a species or a whole genus or family. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table taxon (
      id bigint generated always as identity primary key,
      scientific_name text not null constraint uq_taxon_scientific_name unique,
      name_zh text,
      name_en text,
      rank text not null default 'species' constraint chk_taxon_rank
        check (rank in ('kingdom', 'phylum', 'class', 'order', 'family', 'genus', 'species', 'subspecies', 'variety')),
      kingdom text,
      class text,
      family text,
      genus text,
      gbif_key bigint,
      revision int not null default 1
    )`);
  await knex.raw(`
    create table status_list (
      code text primary key,
      jurisdiction text not null,
      title_zh text not null,
      title_en text not null,
      version text not null,
      source text,
      verified boolean not null default false
    )`);
  await knex.raw(`
    create table status_entry (
      id bigint generated always as identity primary key,
      list_code text not null constraint fk_status_entry_list references status_list (code),
      match text not null constraint chk_status_entry_match check (match in ('species', 'genus', 'family')),
      name text not null,
      level text not null,
      note text,
      exceptions text[] not null default '{}',
      constraint uq_status_entry unique (list_code, match, name)
    )`);
  await knex.raw('create index ix_status_entry_name on status_entry (name)');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table status_entry');
  await knex.raw('drop table status_list');
  await knex.raw('drop table taxon');
}
