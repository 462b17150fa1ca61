import type { Knex } from 'knex';

/** Land that was measured and found sound by us comes with its area, in statements that say so (`set_config` for their transaction alone). */
const IS_MEASURED = `current_setting('regreen.land_is_measured', true) is not distinct from 'on'`;
const IS_SOUND = (geom: string): string => `st_isvalid(${geom}) and not st_isempty(${geom})`;

/**
 * Outlines that come by the hundred thousand were measured and judged before they reach the database, by arithmetic that agrees with its own.
 * Statements that say so may bring the area along; of every other statement, and of rows without an area, the database measures and judges
 * each row itself, whatever area it was given. The verify command measures and judges all of them again.
 *
 * That events belong to a mine and an import that exist is checked once a statement: the same rows are locked as by a foreign key, and
 * neither mine nor import can be removed while events name it.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('alter table land_event alter column area_m2 drop expression if exists');
  await knex.raw('alter table land_event alter column area_m2 set not null');
  await knex.raw(`
    create function measure_land() returns trigger language plpgsql as $$
    begin
      if ${IS_MEASURED} and not (${IS_SOUND('new.geom')}) then
        raise exception 'outline is not sound' using errcode = '23514', constraint = 'chk_' || tg_table_name || '_geom_valid', table = tg_table_name;
      end if;
      new.area_m2 := st_area(new.geom::geography);
      return new;
    end $$`);
  for (const table of MEASURED) {
    await knex.raw(`
      create or replace trigger ${table}_is_measured before insert on ${table}
      for each row when (new.area_m2 is null or not (${IS_MEASURED})) execute function measure_land()`);
    await knex.raw(`
      create or replace trigger ${table}_is_measured_again before update of geom, area_m2 on ${table}
      for each row execute function measure_land()`);
    await knex.raw(`alter table ${table} drop constraint chk_${table}_geom_valid`);
    await knex.raw(`
      alter table ${table} add constraint chk_${table}_geom_valid check (${IS_MEASURED} or (${IS_SOUND('geom')}))`);
  }
  await knex.raw('drop function measure_land_cell()');

  for (const { parent, column, key } of PARENTS) {
    await knex.raw(`alter table land_event drop constraint ${key}`);
    await knex.raw(`
      create function ${parent}_stays_in_ledger() returns trigger language plpgsql set enable_seqscan = off as $$
      begin
        if (tg_op = 'DELETE' or new.id <> old.id) and exists (select from land_event where ${column} = old.id) then
          raise exception 'land events name it' using errcode = '23503', constraint = '${key}', table = '${parent}';
        end if;
        return null;
      end $$`);
    await knex.raw(`
      create trigger ${parent}_stays_in_ledger after delete or update of id on ${parent}
      for each row execute function ${parent}_stays_in_ledger()`);
    await knex.raw(`
      create trigger ${parent}_never_emptied before truncate on ${parent}
      for each statement execute function refuse_delete()`);
  }
  const checks = PARENTS.map(
    ({ parent, column, key }) => `
        ids := array(select distinct ${column} from fresh where ${column} is not null);
        perform from ${parent} where id = any (ids) for key share;
        get diagnostics found = row_count;
        if found < cardinality(ids) then
          raise exception 'no such row' using errcode = '23503', constraint = '${key}', table = 'land_event';
        end if;`,
  );
  await knex.raw(`
    create function land_event_has_parents() returns trigger language plpgsql set enable_seqscan = off as $$
    declare
      ids bigint[];
      found bigint;
    begin${checks.join('')}
      return null;
    end $$`);
  for (const action of ['insert', 'update'])
    await knex.raw(`
      create trigger land_event_has_parents_on_${action} after ${action} on land_event referencing new table as fresh
      for each statement execute function land_event_has_parents()`);

  // Land that came from nothing is most of what passes, and nobody looks it up by what it came from.
  await knex.raw('drop index ix_land_transition_from');
  await knex.raw(
    'create index ix_land_transition_from on land_transition (from_event_id) where from_event_id is not null',
  );
}

/** A column cannot be made to be computed again: events and cells go on being measured by their triggers. */
export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop index ix_land_transition_from');
  await knex.raw('create index ix_land_transition_from on land_transition (from_event_id)');
  for (const action of ['insert', 'update'])
    await knex.raw(`drop trigger land_event_has_parents_on_${action} on land_event`);
  await knex.raw('drop function land_event_has_parents()');
  for (const { parent, column, key } of PARENTS) {
    await knex.raw(`drop trigger ${parent}_never_emptied on ${parent}`);
    await knex.raw(`drop trigger ${parent}_stays_in_ledger on ${parent}`);
    await knex.raw(`drop function ${parent}_stays_in_ledger()`);
    await knex.raw(`alter table land_event add constraint ${key} foreign key (${column}) references ${parent} (id)`);
  }
  await knex.raw(`
    create function measure_land_cell() returns trigger language plpgsql as $$
    begin
      new.area_m2 := st_area(new.geom::geography);
      return new;
    end $$`);
  for (const table of MEASURED) {
    await knex.raw(`alter table ${table} drop constraint chk_${table}_geom_valid`);
    await knex.raw(`alter table ${table} add constraint chk_${table}_geom_valid check (${IS_SOUND('geom')})`);
    await knex.raw(`
      create or replace trigger ${table}_is_measured before insert on ${table}
      for each row when (new.area_m2 is null) execute function measure_land_cell()`);
    await knex.raw(`
      create or replace trigger ${table}_is_measured_again before update of geom on ${table}
      for each row execute function measure_land_cell()`);
  }
  await knex.raw('drop function measure_land()');
}

const MEASURED = ['land_event', 'land_cell'] as const;

const PARENTS = [
  { parent: 'mine', column: 'mine_id', key: 'fk_land_event_mine' },
  { parent: 'import_batch', column: 'import_id', key: 'fk_land_event_import' },
] as const;
