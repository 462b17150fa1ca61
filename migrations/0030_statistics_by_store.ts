import type { Knex } from 'knex';

/**
 * The statistics of hidden habitats stand beside those of open land, so reading them is led by the same two walls as the
 * places: what lies on a scene is one view in each schema, never a union of both, and the role that public reads put on
 * sees rows of open targets only.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw('drop view scene_target');
  await knex.raw(`
    create view scene_target as
      ${LAND_AND_FACILITIES}
      union all
      select s.id, 'habitats', h.id::text, h.revision, h.mine_id, h.area_m2, h.geom
      from scene s
      join habitat_patch h on h.geom && s.footprint
        and h.valid_from <= s.acquired_on and (h.valid_to is null or h.valid_to > s.acquired_on)
      union all
      ${REFERENCE}`);
  await knex.raw(`
    create view restricted.scene_target as
      select s.id as scene_id, 'habitats' as kind, h.id::text as target_id, h.revision as target_version, h.mine_id,
        g.area_m2, g.geom
      from scene s
      join restricted.habitat_geometry g on g.geom && s.footprint
      join habitat_patch h on h.id = g.patch_id
        and h.valid_from <= s.acquired_on and (h.valid_to is null or h.valid_to > s.acquired_on)`);

  await knex.raw('alter table zonal_stat enable row level security');
  await knex.raw(`
    do $$ begin
      if exists (select 1 from pg_roles where rolname = 'regreen_public') then
        revoke all on restricted.scene_target from public;
        grant select on scene, zonal_stat to regreen_public;
        create policy open_rows on zonal_stat for select to regreen_public
          using (habitat_id is null or exists (select 1 from habitat_patch p where p.id = habitat_id));
      end if;
    end $$`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop policy if exists open_rows on zonal_stat');
  await knex.raw('alter table zonal_stat disable row level security');
  await knex.raw(`
    do $$ begin
      if exists (select 1 from pg_roles where rolname = 'regreen_public') then
        revoke select on scene, zonal_stat from regreen_public;
      end if;
    end $$`);
  await knex.raw('drop view restricted.scene_target');
  await knex.raw('drop view scene_target');
  await knex.raw(`
    create view scene_target as
      ${LAND_AND_FACILITIES}
      union all
      select s.id, 'habitats', h.id::text, h.revision, h.mine_id, h.area_m2, h.geom
      from scene s
      join habitat_patch h on h.geom && s.footprint
        and h.valid_from <= s.acquired_on and (h.valid_to is null or h.valid_to > s.acquired_on)
      union all
      select s.id, 'habitats', h.id::text, h.revision, h.mine_id, g.area_m2, g.geom
      from scene s
      join restricted.habitat_geometry g on g.geom && s.footprint
      join habitat_patch h on h.id = g.patch_id
        and h.valid_from <= s.acquired_on and (h.valid_to is null or h.valid_to > s.acquired_on)
      union all
      ${REFERENCE}`);
}

const LAND_AND_FACILITIES = `
      select s.id as scene_id, 'land' as kind, c.id::text as target_id, 1 as target_version, c.mine_id, c.area_m2, c.geom
      from scene s
      join land_cell c on c.geom && s.footprint
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
        and f.valid_from <= s.acquired_on and (f.valid_to is null or f.valid_to > s.acquired_on)`;

const REFERENCE = `
      select s.id, 'reference', r.id::text, r.revision, r.mine_id, r.area_m2, r.geom
      from scene s
      join reference_area r on r.geom && s.footprint
        and r.valid_from <= s.acquired_on and (r.valid_to is null or r.valid_to > s.acquired_on)`;
