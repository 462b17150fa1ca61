import type { Knex } from 'knex';

/** Tailings facilities, red-mud yards, dumps, pits and the rest; what only one type has is in `attributes`, checked by type in the service. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table facility (
      id bigint generated always as identity primary key,
      mine_id bigint not null constraint fk_facility_mine references mine (id),
      type text not null constraint chk_facility_type check (type in (
        'PIT', 'UGS', 'WRD', 'TSF', 'RMY', 'STK', 'TSS', 'IND', 'ROAD', 'BOR', 'WAT', 'CAMP', 'EXP', 'OTH')),
      name_zh text not null,
      name_en text not null,
      geom geometry(MultiPolygon,4326)
        constraint chk_facility_geom_valid check (st_isvalid(geom) and not st_isempty(geom)),
      area_m2 double precision generated always as (st_area(geom::geography)) stored,
      valid_from date not null,
      valid_to date,
      status text not null constraint chk_facility_status
        check (status in ('build', 'operate', 'suspend', 'close', 'closed')),
      attributes jsonb not null default '{}'::jsonb
        constraint chk_facility_attributes check (jsonb_typeof(attributes) = 'object'),
      revision int not null default 1,
      constraint chk_facility_validity check (valid_to is null or valid_from < valid_to)
    )`);
  await knex.raw('create index ix_facility_geom on facility using gist (geom)');
  await knex.raw('create index ix_facility_mine on facility (mine_id, type)');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table facility');
}
