import type { Knex } from 'knex';

/** The key with which this installation signs what it certifies: Ed25519, PEM. One row; whoever has the database can sign. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table signing_key (
      id int primary key default 1 constraint chk_signing_key_single check (id = 1),
      public_pem text not null,
      private_pem text not null,
      created_at timestamptz(3) not null default now()
    )`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table signing_key');
}
