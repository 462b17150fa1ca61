import type { Knex } from 'knex';

const FROM_EVENTS = `current_setting('regreen.rows_come_from_events', true) is not distinct from 'on'`;

/**
 * Of what a plot among a hundred thousand costs the ledger, a third was finding its places in two trees of boxes, where every box of a page is
 * tried before one is chosen. A tree that divides the land into quarters knows the way: it takes plots in two thirds of the time and finds
 * them as fast, outlines that lie on each other too.
 *
 * That a cell or a passage has its event was asked of each row of a statement by the key, also where the statement takes its rows from the
 * events themselves. Such a statement says so (`set_config` for its transaction alone); the verify command asks of all of them.
 */
export async function up(knex: Knex): Promise<void> {
  await placesBy(knex, 'spgist');
  for (const table of DERIVED) await knex.raw(hasEvents(table, `when (not (${FROM_EVENTS}))`));
}

export async function down(knex: Knex): Promise<void> {
  for (const table of DERIVED) await knex.raw(hasEvents(table, ''));
  await placesBy(knex, 'gist');
}

const DERIVED = ['land_cell', 'land_transition'];

async function placesBy(knex: Knex, method: 'gist' | 'spgist'): Promise<void> {
  for (const table of ['land_event', 'land_cell']) {
    await knex.raw(`drop index ix_${table}_geom`);
    await knex.raw(`create index ix_${table}_geom on ${table} using ${method} (geom)`);
  }
}

const hasEvents = (table: string, condition: string): string => `
  create or replace trigger ${table}_has_events after insert on ${table} referencing new table as fresh
  for each statement ${condition} execute function ${table}_has_events()`;
