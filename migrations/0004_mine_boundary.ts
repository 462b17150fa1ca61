import type { Knex } from 'knex';

/**
 * Mines and the dated outlines that say where one may dig and where one must reclaim. Validity is half-open,
 * [valid_from, valid_to); two versions of one kind never overlap in time. The exclusion constraint spells
 * (mine, kind) as one integer range because GiST on plain columns needs an extension that the embedded database lacks.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table mine (
      id bigint generated always as identity primary key,
      code text not null constraint uq_mine_code unique,
      organisation_id bigint not null constraint fk_mine_organisation references organisation (id),
      name_zh text not null,
      name_en text not null,
      province text,
      mineral text not null,
      method text not null constraint chk_mine_method check (method in ('open', 'underground', 'both')),
      status text not null default 'operate' constraint chk_mine_status
        check (status in ('build', 'operate', 'suspend', 'close', 'closed')),
      start_on date,
      end_on date,
      licence_no text,
      land_revision int not null default 0,
      revision int not null default 1,
      created_at timestamptz not null default now(),
      constraint chk_mine_dates check (end_on is null or start_on is null or start_on <= end_on)
    )`);
  await knex.raw('create index ix_mine_organisation on mine (organisation_id)');

  await knex.raw(`
    create table boundary (
      id bigint generated always as identity primary key,
      mine_id bigint not null constraint fk_boundary_mine references mine (id),
      kind text not null constraint chk_boundary_kind check (
        kind in ('LICENCE', 'RESP', 'RECLZONE', 'APPRLIM', 'SURFRIGHT', 'PROJECT', 'ECO', 'NR', 'PBF')),
      geom geometry(MultiPolygon,4326) not null
        constraint chk_boundary_geom_valid check (st_isvalid(geom) and not st_isempty(geom)),
      area_m2 double precision generated always as (st_area(geom::geography)) stored,
      valid_from date not null,
      valid_to date,
      doc_ref text,
      revision int not null default 1,
      constraint chk_boundary_validity check (valid_to is null or valid_from < valid_to),
      constraint ex_boundary_validity exclude using gist (
        int8range(
          mine_id * 16 + array_position(
            array['LICENCE','RESP','RECLZONE','APPRLIM','SURFRIGHT','PROJECT','ECO','NR','PBF'], kind),
          mine_id * 16 + array_position(
            array['LICENCE','RESP','RECLZONE','APPRLIM','SURFRIGHT','PROJECT','ECO','NR','PBF'], kind),
          '[]') with &&,
        daterange(valid_from, valid_to) with &&)
    )`);
  await knex.raw('create index ix_boundary_geom on boundary using gist (geom)');
  await knex.raw('create index ix_boundary_mine on boundary (mine_id, kind, valid_from)');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table boundary');
  await knex.raw('drop table mine');
}
