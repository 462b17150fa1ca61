import type { Knex } from 'knex';

const IS_MEASURED = `current_setting('regreen.land_is_measured', true) is not distinct from 'on'`;

/**
 * Most land is never covered again: its cell is the outline of its event, and all of it came from nothing. Neither is written twice any more.
 *
 * A cell keeps a shape (`cut_geom`) only where later events left less than the outline; `land_ground` gives every cell its shape, and the outline
 * beside it, by which places are looked up: what is left of an event lies within it, so one tree of places serves both.
 *
 * A passage is kept where land passed from one event to another; what an event covers beyond that came from nothing, which
 * `land_passages` says of a range of dates. A cell repeats the reason of its event for it, as it does the stage.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('drop view scene_target');
  await knex.raw('drop index ix_land_cell_geom');
  await knex.raw('alter table land_cell rename column geom to cut_geom');
  await knex.raw('alter table land_cell alter column cut_geom drop not null');
  await knex.raw('alter table land_cell add column reason text');
  await knex.raw(`
    create function measure_land_cell() returns trigger language plpgsql as $$
    begin
      if new.cut_geom is not null then
        if ${IS_MEASURED} and not (st_isvalid(new.cut_geom) and not st_isempty(new.cut_geom)) then
          raise exception 'outline is not sound' using errcode = '23514', constraint = 'chk_land_cell_geom_valid', table = 'land_cell';
        end if;
        new.area_m2 := st_area(new.cut_geom::geography);
        return new;
      end if;
      select e.area_m2 into new.area_m2 from land_event e where e.id = new.event_id;
      if not found then
        raise exception 'no such event of the mine' using errcode = '23503', constraint = 'fk_land_cell_event', table = 'land_cell';
      end if;
      return new;
    end $$`);
  await measureCells(knex, 'measure_land_cell', 'cut_geom');
  await knex.raw(`
    update land_cell c set reason = e.reason, cut_geom = nullif(c.cut_geom, e.geom)
    from land_event e where e.id = c.event_id and (e.reason is not null or c.cut_geom = e.geom)`);
  await knex.raw(`
    create view land_ground as
      select c.id, c.mine_id, c.event_id, c.stage, c.stage_rank, c.scope, c.evidence_grade, c.since, c.valid_from, c.valid_to, c.share_key,
        c.area_m2, coalesce(c.cut_geom, e.geom) as geom, e.geom as outline
      from land_cell c join land_event e on e.id = c.event_id`);
  await knex.raw(sceneTargetOver('land_ground', 'c.outline && s.footprint and c.geom && s.footprint'));

  // What arrived in a range of dates, for many mines at once; of a single one the index of its cells tells.
  await knex.raw('create index ix_land_cell_arrived on land_cell (valid_from) where since = valid_from');

  await knex.raw('delete from land_transition where from_event_id is null');
  await knex.raw(`
    alter table land_transition alter column from_event_id set not null, alter column from_stage set not null,
      alter column from_scope set not null, drop column is_rounding`);
  await knex.raw('drop index ix_land_transition_from');
  await knex.raw('create index ix_land_transition_from on land_transition (from_event_id)');
  await knex.raw(`
    create function land_passages(of_mines bigint[], after_date date, until_date date)
    returns table (mine_id bigint, on_date date, from_event_id bigint, to_event_id bigint, from_stage text, from_scope text, to_stage text,
      to_scope text, reason text, is_rounding boolean, area_m2 double precision)
    language sql stable parallel safe as $$${PASSAGES}$$`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('alter table land_transition add column is_rounding boolean not null default false');
  await knex.raw(`
    alter table land_transition alter column from_event_id drop not null, alter column from_stage drop not null,
      alter column from_scope drop not null`);
  await knex.raw('drop index ix_land_transition_from');
  await knex.raw(
    'create index ix_land_transition_from on land_transition (from_event_id) where from_event_id is not null',
  );
  await knex.raw(`
    insert into land_transition (mine_id, on_date, to_event_id, to_stage, to_scope, reason, is_rounding, area_m2)
    select p.mine_id, p.on_date, p.to_event_id, p.to_stage, p.to_scope, p.reason, p.is_rounding, p.area_m2
    from land_passages(array(select id from mine), '-infinity', 'infinity') p where p.from_event_id is null`);
  await knex.raw('drop function land_passages(bigint[], date, date)');

  await knex.raw('drop index ix_land_cell_arrived');
  await knex.raw('drop view scene_target');
  await knex.raw('drop view land_ground');
  await knex.raw(`
    update land_cell c set cut_geom = e.geom from land_event e where e.id = c.event_id and c.cut_geom is null`);
  await knex.raw('alter table land_cell drop column reason');
  await knex.raw('alter table land_cell alter column cut_geom set not null');
  await knex.raw('alter table land_cell rename column cut_geom to geom');
  await measureCells(knex, 'measure_land', 'geom');
  await knex.raw('drop function measure_land_cell()');
  await knex.raw('create index ix_land_cell_geom on land_cell using spgist (geom)');
  await knex.raw(sceneTargetOver('land_cell', 'c.geom && s.footprint'));
}

/** What an event covers on its day beyond what passed to it came from nothing: drawing noise where it is less than a hundredth of a square metre. */
const PASSAGES = `
      select t.mine_id, t.on_date, t.from_event_id, t.to_event_id, t.from_stage, t.from_scope, t.to_stage, t.to_scope, t.reason, false, t.area_m2
      from land_transition t
      where t.mine_id = any (of_mines) and t.on_date > after_date and t.on_date <= until_date
      union all
      select k.mine_id, k.valid_from, null, k.event_id, null, null, k.stage, k.scope, k.reason,
        abs(k.area_m2 - coalesce(p.area_m2, 0)) <= greatest(0.01, 1e-7 * k.area_m2), k.area_m2 - coalesce(p.area_m2, 0)
      from land_cell k left join (
        select t.to_event_id, sum(t.area_m2) as area_m2
        from land_transition t
        where t.mine_id = any (of_mines) and t.on_date > after_date and t.on_date <= until_date
        group by t.to_event_id
      ) p on p.to_event_id = k.event_id
      where k.mine_id = any (of_mines) and k.valid_from > after_date and k.valid_from <= until_date and k.since = k.valid_from
        and k.area_m2 is distinct from p.area_m2`;

async function measureCells(knex: Knex, measure: string, column: string): Promise<void> {
  await knex.raw(`
    create or replace trigger land_cell_is_measured before insert on land_cell
    for each row when (new.area_m2 is null or not (${IS_MEASURED})) execute function ${measure}()`);
  await knex.raw(`
    create or replace trigger land_cell_is_measured_again before update of ${column}, area_m2 on land_cell
    for each row execute function ${measure}()`);
}

const sceneTargetOver = (cells: string, meets: string): string => `
    create view scene_target as
      select s.id as scene_id, 'land' as kind, c.id::text as target_id, 1 as target_version, c.mine_id, c.area_m2, c.geom
      from scene s
      join ${cells} c on ${meets}
        and c.valid_from <= s.acquired_on and (c.valid_to is null or c.valid_to > s.acquired_on)
      union all
      select s.id, 'land', c.cell_id::text, 1, c.mine_id, c.area_m2, c.geom
      from scene s
      join published_cell c on c.geom && s.footprint
        and c.valid_from <= s.acquired_on and (c.valid_to is null or c.valid_to > s.acquired_on)
      where c.period_id in (
          select distinct on (p.mine_id) p.id from published_period p order by p.mine_id, p.as_at desc, p.id desc)
        and not exists (select 1 from land_cell l where l.id = c.cell_id)
      union all
      select s.id, 'facilities', f.id::text, f.revision, f.mine_id, f.area_m2, f.geom
      from scene s
      join facility f on f.geom && s.footprint
        and f.valid_from <= s.acquired_on and (f.valid_to is null or f.valid_to > s.acquired_on)
      union all
      select s.id, 'habitats', h.id::text, h.revision, h.mine_id, h.area_m2, h.geom
      from scene s
      join habitat_patch h on h.geom && s.footprint
        and h.valid_from <= s.acquired_on and (h.valid_to is null or h.valid_to > s.acquired_on)
      union all
      select s.id, 'reference', r.id::text, r.revision, r.mine_id, r.area_m2, r.geom
      from scene s
      join reference_area r on r.geom && s.footprint
        and r.valid_from <= s.acquired_on and (r.valid_to is null or r.valid_to > s.acquired_on)`;
