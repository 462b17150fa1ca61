import type { Knex } from 'knex';

/**
 * Every overlay of the product. All of them round to one grid of 1e-9 degree (about 0.1 mm): on a grid the overlay engine cannot
 * fail on nearly coincident edges, and the embedded database, which loses the error of an overlay that failed, has nothing to lose.
 * Results are polygonal: points and lines where two outlines merely touch are dropped. No other file may call the PostGIS
 * functions beneath.
 */
export async function up(knex: Knex): Promise<void> {
  await knex.raw(`
    create function overlay_difference(a geometry, b geometry) returns geometry
    language sql immutable parallel safe
    as $$ select st_multi(st_collectionextract(st_difference(a, b, 1e-9), 3)) $$`);
  await knex.raw(`
    create function overlay_intersection(a geometry, b geometry) returns geometry
    language sql immutable parallel safe
    as $$ select st_multi(st_collectionextract(st_intersection(a, b, 1e-9), 3)) $$`);
  await knex.raw(`
    create function overlay_union(geoms geometry[]) returns geometry
    language sql immutable parallel safe
    as $$ select st_multi(st_collectionextract(st_unaryunion(st_collect(geoms), 1e-9), 3)) $$`);
  await knex.raw(`
    create function overlay_is_sliver(area_m2 double precision, perimeter_m double precision) returns boolean
    language sql immutable parallel safe
    as $$ select area_m2 <= greatest(1.0, 0.05 * perimeter_m / 2) $$`);
}

export async function down(knex: Knex): Promise<void> {
  await knex.raw('drop function overlay_is_sliver(double precision, double precision)');
  await knex.raw('drop function overlay_union(geometry[])');
  await knex.raw('drop function overlay_intersection(geometry, geometry)');
  await knex.raw('drop function overlay_difference(geometry, geometry)');
}
