import type { Knex } from 'knex';

const CHECKS = ['land_cell_has_events()', 'land_transition_has_events()'];
const SETTINGS = ['enable_seqscan', 'enable_hashjoin', 'enable_mergejoin'];

/**
 * The plan of a trigger's statement is kept for as long as the connection lives: made while the ledger was small, it would read the whole of a
 * ledger that has grown since for every row. Looked up by its key, an event is found as fast in any ledger.
 */
export async function up(knex: Knex): Promise<void> {
  for (const check of CHECKS)
    for (const setting of SETTINGS) await knex.raw(`alter function ${check} set ${setting} = off`);
}

export async function down(knex: Knex): Promise<void> {
  for (const check of CHECKS) await knex.raw(`alter function ${check} reset all`);
}
