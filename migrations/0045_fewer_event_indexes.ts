import type { Knex } from 'knex';

/**
 * What each event costs is paid a hundred thousand times by a file of as many plots. No statement reads the ledger in the order in which it
 * was recorded: what was learnt after an instant was recorded or retracted then, and half of that no order of recording finds. The events of an
 * import are asked for when one is to be removed, and lie one after another: where they are is known by the block.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('drop index ix_land_event_recorded');
  await knex.raw('drop index ix_land_event_import');
  await knex.raw('create index ix_land_event_import on land_event using brin (import_id)');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index ix_land_event_import');
  await knex.raw('create index ix_land_event_import on land_event (import_id) where import_id is not null');
  await knex.raw('create index ix_land_event_recorded on land_event (mine_id, recorded_at)');
}
