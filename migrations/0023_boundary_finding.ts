import type { Knex } from 'knex';

/** A finding is about an event or about a version of a boundary. The list of a mine is read in the order of ids. */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    alter table land_finding
      alter column event_id drop not null,
      add column boundary_id bigint constraint fk_land_finding_boundary references boundary (id),
      add constraint chk_land_finding_subject check (num_nonnulls(event_id, boundary_id) = 1)`);
  await knex.raw('create index ix_land_finding_boundary on land_finding (boundary_id) where boundary_id is not null');
  await knex.raw('create index ix_land_finding_list on land_finding (mine_id, id)');
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('delete from land_finding where event_id is null');
  await knex.raw('drop index ix_land_finding_list');
  await knex.raw(`
    alter table land_finding
      drop constraint chk_land_finding_subject,
      drop column boundary_id,
      alter column event_id set not null`);
}
