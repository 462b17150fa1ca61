import type { Knex } from 'knex';

/** What ground a file covers, by which it is known again in another format or archive. Of files that were examined before it is not known. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('alter table import_batch add column area_m2 double precision, add column box double precision[]');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table import_batch drop column area_m2, drop column box');
}
