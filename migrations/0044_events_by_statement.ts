import type { Knex } from 'knex';

/**
 * The keys of events that are mostly empty (the facility, the event that was assumed or is replaced) were checked row by row, and a file of a
 * hundred thousand plots paid for three hundred thousand looks at nothing. They are checked once a statement, like those of mine and
 * import: the rows of a facility are locked as by a foreign key and cannot be removed while events name them; events are never removed.
 */
export async function up(knex: Knex): Promise<void> {
  for (const { key } of [FACILITY, ...OWN]) await knex.raw(`alter table land_event drop constraint ${key}`);
  await knex.raw(`
    create function facility_stays_in_ledger() returns trigger language plpgsql as $$
    begin
      if (tg_op = 'DELETE' or new.id <> old.id) and exists (select from land_event where facility_id = old.id) then
        raise exception 'land events name it' using errcode = '23503', constraint = '${FACILITY.key}', table = 'facility';
      end if;
      return null;
    end $$`);
  await knex.raw(`
    create trigger facility_stays_in_ledger after delete or update of id on facility
    for each row execute function facility_stays_in_ledger()`);
  await knex.raw(`
    create trigger facility_never_emptied before truncate on facility
    for each statement execute function refuse_delete()`);
  await knex.raw(hasParents([...PARENTS, FACILITY], OWN));
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw(hasParents(PARENTS, []));
  await knex.raw('drop trigger facility_never_emptied on facility');
  await knex.raw('drop trigger facility_stays_in_ledger on facility');
  await knex.raw('drop function facility_stays_in_ledger()');
  for (const { parent, column, key } of [FACILITY, ...OWN])
    await knex.raw(`alter table land_event add constraint ${key} foreign key (${column}) references ${parent} (id)`);
}

interface Key {
  readonly parent: string;
  readonly column: string;
  readonly key: string;
}

const PARENTS: readonly Key[] = [
  { parent: 'mine', column: 'mine_id', key: 'fk_land_event_mine' },
  { parent: 'import_batch', column: 'import_id', key: 'fk_land_event_import' },
];
const FACILITY: Key = { parent: 'facility', column: 'facility_id', key: 'fk_land_event_facility' };
const OWN: readonly Key[] = [
  { parent: 'land_event', column: 'assumed_for', key: 'fk_land_event_assumed_for' },
  { parent: 'land_event', column: 'replaces_id', key: 'fk_land_event_replaces' },
];

/** Looked up by its key, a row is found as fast in any ledger, whatever the planner knew of it when the plan was made. */
const hasParents = (locked: readonly Key[], permanent: readonly Key[]): string => `
  create or replace function land_event_has_parents() returns trigger language plpgsql set enable_seqscan = off as $$
  declare
    ids bigint[];
    found bigint;
  begin${[...locked.map(one => check(one, ' for key share')), ...permanent.map(one => check(one, ''))].join('')}
    return null;
  end $$`;

const check = ({ parent, column, key }: Key, lock: string): string => `
    ids := array(select distinct ${column} from fresh where ${column} is not null);
    if cardinality(ids) > 0 then
      perform from ${parent} where id = any (ids)${lock};
      get diagnostics found = row_count;
      if found < cardinality(ids) then
        raise exception 'no such row' using errcode = '23503', constraint = '${key}', table = 'land_event';
      end if;
    end if;`;
