import type { Knex } from 'knex';

/**
 * The plan of a trigger's statement is kept for as long as the connection lives: made while the ledger was small, it would read the whole of a
 * ledger that has grown since. Looked up by its key, an event is found as fast in any ledger.
 */
const BY_KEY = 'set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off';

/**
 * What was done for every row of the ledger's derived tables is done once a statement, so that a file of a hundred thousand plots does not pay
 * for it row by row. That a cell and a passage belong to an event of their own mine is checked for all rows of a statement together
 * (stricter than the foreign keys before, which let the mines differ; events are never deleted nor renumbered, so only what is written has to
 * be checked). A cell takes its area from whoever knows it already and has it measured otherwise; the verify command measures all again.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('alter table land_cell alter column area_m2 drop expression if exists');
  await knex.raw(`
    create or replace function measure_land_cell() returns trigger language plpgsql as $$
    begin
      new.area_m2 := st_area(new.geom::geography);
      return new;
    end $$`);
  await knex.raw(`
    create or replace trigger land_cell_is_measured before insert on land_cell
    for each row when (new.area_m2 is null) execute function measure_land_cell()`);
  await knex.raw(`
    create or replace trigger land_cell_is_measured_again before update of geom on land_cell
    for each row execute function measure_land_cell()`);
  await knex.raw('alter table land_cell alter column area_m2 set not null');

  await knex.raw(`
    create trigger land_event_keeps_its_id before update of id, mine_id on land_event
    for each statement execute function refuse_delete()`);
  for (const { table, keys } of TABLES) {
    for (const key of ['mine', ...keys.map(([name]) => name)])
      await knex.raw(`alter table ${table} drop constraint fk_${table}_${key}`);
    const strays = keys.map(
      ([name, column]) => `
        if exists (
          select from fresh f left join land_event e on e.id = f.${column}
          where f.${column} is not null and e.mine_id is distinct from f.mine_id
        ) then
          raise exception 'no such event of the mine' using errcode = '23503', constraint = 'fk_${table}_${name}', table = '${table}';
        end if;`,
    );
    await knex.raw(`
      create function ${table}_has_events() returns trigger language plpgsql ${BY_KEY} as $$
      begin${strays.join('')}
        return null;
      end $$`);
    await knex.raw(`
      create trigger ${table}_has_events after insert on ${table} referencing new table as fresh
      for each statement execute function ${table}_has_events()`);
    const columns = ['mine_id', ...keys.map(([, column]) => column)].join(', ');
    await knex.raw(`
      create trigger ${table}_keeps_events before update of ${columns} on ${table}
      for each statement execute function refuse_delete()`);
  }
}

/** A column cannot be made to be computed again: cells go on being measured by their triggers, which end with their table. */
export async function down(knex: Knex): Promise<void> {
  for (const { table, keys } of TABLES) {
    await knex.raw(`drop trigger ${table}_keeps_events on ${table}`);
    await knex.raw(`drop trigger ${table}_has_events on ${table}`);
    await knex.raw(`drop function ${table}_has_events()`);
    await knex.raw(`alter table ${table} add constraint fk_${table}_mine foreign key (mine_id) references mine (id)`);
    for (const [name, column] of keys)
      await knex.raw(
        `alter table ${table} add constraint fk_${table}_${name} foreign key (${column}) references land_event (id)`,
      );
  }
  await knex.raw('drop trigger land_event_keeps_its_id on land_event');
}

const TABLES = [
  { table: 'land_cell', keys: [['event', 'event_id']] },
  {
    table: 'land_transition',
    keys: [
      ['from', 'from_event_id'],
      ['to', 'to_event_id'],
    ],
  },
] as const;
