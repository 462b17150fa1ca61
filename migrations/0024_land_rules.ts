import type { Knex } from 'knex';

/**
 * What the rules of the ledger need to be told. How long land stays in a stage before the next is believed is a table, because
 * regulators differ: until an operator has confirmed a number, breaking it is a finding; afterwards it is refused. One growing season
 * between planting and acceptance is the least that any of them asks. The area that a drawing was declared with is kept beside the one that it has. A plan says whether its areas add up or
 * are running totals; a mine's plan never mixes the two. A period carries the reporting year that it was published for.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table stage_rule (
      from_stage text not null,
      to_stage text not null,
      min_months int not null constraint chk_stage_rule_months check (min_months between 0 and 600),
      source text not null,
      verified boolean not null default false,
      constraint pk_stage_rule primary key (from_stage, to_stage),
      constraint chk_stage_rule_forward check (land_stage_rank(from_stage) < land_stage_rank(to_stage))
    )`);
  await knex.raw(`
    insert into stage_rule (from_stage, to_stage, min_months, source)
    values ('EST', 'CMP', 4, 'One growing season between planting and acceptance; about four months where it is shortest')`);
  await knex.raw(`
    alter table land_event add column declared_area_m2 double precision
      constraint chk_land_event_declared check (declared_area_m2 > 0)`);
  await knex.raw(`
    alter table boundary add column declared_area_m2 double precision
      constraint chk_boundary_declared check (declared_area_m2 > 0)`);
  await knex.raw(`
    create index ix_land_finding_shared on land_finding (mine_id) where code = 'land-of-another-mine'`);
  await knex.raw('alter table published_period add column report_year int');

  await knex.raw(`
    alter table annual_plan add column areas text not null default 'incremental'
      constraint chk_annual_plan_areas check (areas in ('incremental', 'cumulative'))`);
  // Of running totals the year's own part is known only where the year before has a total as well.
  await knex.raw(`
    create view annual_plan_increment as
      select p.mine_id, p.year, case when p.areas = 'incremental' then p.planned_m2 else p.planned_m2 - before.planned_m2 end as planned_m2
      from annual_plan p
      left join annual_plan before on before.mine_id = p.mine_id and before.year = p.year - 1 and before.areas = 'cumulative'`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop view annual_plan_increment');
  await knex.raw('alter table annual_plan drop column areas');
  await knex.raw('alter table published_period drop column report_year');
  await knex.raw('drop index ix_land_finding_shared');
  await knex.raw('alter table boundary drop column declared_area_m2');
  await knex.raw('alter table land_event drop column declared_area_m2');
  await knex.raw('drop table stage_rule');
}
