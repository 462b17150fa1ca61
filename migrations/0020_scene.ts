import type { Knex } from 'knex';

/**
 * Satellite and drone scenes. The pixels lie in the object store (`files` names their keys); the row says how to read
 * them: which file and band is red, how a sample becomes a reflectance, which classes the mask takes out. `sha256` covers
 * files and meaning, so that the same scene sent twice is one scene.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create table scene (
      id bigint generated always as identity primary key,
      acquired_on date not null,
      sensor text not null,
      state text not null default 'pending' constraint chk_scene_state check (state in ('pending', 'ready', 'failed')),
      files jsonb not null,
      bands jsonb not null,
      mask jsonb,
      mask_classes int[] not null default '{}',
      keep_classes int[] not null default '{}',
      scale double precision not null default 1 constraint chk_scene_scale check (scale > 0),
      reflectance_offset double precision not null default 0,
      nodata text,
      processing_baseline text,
      cloud_fraction double precision constraint chk_scene_cloud check (cloud_fraction between 0 and 1),
      footprint geometry(MultiPolygon,4326)
        constraint chk_scene_footprint_valid check (st_isvalid(footprint) and not st_isempty(footprint)),
      crs text,
      width_px int,
      height_px int,
      cell_size_m double precision,
      stretch jsonb,
      sha256 text not null constraint uq_scene_sha256 unique,
      is_public boolean not null default true,
      mine_id bigint constraint fk_scene_mine references mine (id),
      created_by bigint,
      job_id uuid,
      fault_code text,
      fault_params jsonb,
      created_at timestamptz not null default now(),
      revision int not null default 1,
      constraint chk_scene_classes check (cardinality(mask_classes) = 0 or cardinality(keep_classes) = 0),
      constraint chk_scene_fault check ((state = 'failed') = (fault_code is not null)),
      constraint chk_scene_ready check (state <> 'ready' or footprint is not null)
    )`);
  await knex.raw('create index ix_scene_footprint on scene using gist (footprint)');
  await knex.raw('create index ix_scene_acquired on scene (acquired_on, id)');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop table scene');
}
