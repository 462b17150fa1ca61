import type { Knex } from 'knex';

/**
 * The public's tiles of the land get a revision of their own, which only publishing moves: the one of the working ledger told
 * everybody when something unpublished was written. It begins beyond the old one, so that no tile that a cache kept under an old
 * address comes back.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    insert into layer_revision (layer, revision)
    select 'land-published', coalesce((select revision from layer_revision where layer = 'land'), 0) + 1`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw("delete from layer_revision where layer = 'land-published'");
}
