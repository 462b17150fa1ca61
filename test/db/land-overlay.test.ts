// The overlay functions: every result polygonal, on the grid, and no case that the engine refuses or, on the embedded database, swallows.
import { expect, it } from 'vitest';
import { describeOnBothDatabases } from '../helpers/databases.ts';

describeOnBothDatabases('overlay on the fixed grid', getDb => {
  const one = async <Row>(sql: string): Promise<Row> => {
    const { rows } = await getDb().knex.raw<{ rows: Row[] }>(sql);
    expect(rows).toHaveLength(1);
    return rows[0] as Row;
  };
  const box = (west: number, south: number, east: number, north: number) =>
    `st_makeenvelope(${west}, ${south}, ${east}, ${north}, 4326)`;

  it('answers a multipolygon, an empty one where shapes merely touch', async () => {
    const touching = `${box(112, 35, 112.01, 35.01)}, ${box(112.01, 35, 112.02, 35.01)}`;
    const found = await one(
      `select st_geometrytype(overlay_intersection(${touching})) as type, st_isempty(overlay_intersection(${touching})) as empty,
         st_srid(overlay_intersection(${touching})) as srid, st_geometrytype(overlay_difference(${touching})) as rest`,
    );
    expect(found).toEqual({ type: 'ST_MultiPolygon', empty: true, srid: 4326, rest: 'ST_MultiPolygon' });
  });

  it('joins more than a thousand adjoining cells to one shape without a gap', async () => {
    const found = await one<{ parts: number; holes: number; ratio: number }>(
      `with cell as (
         select st_makeenvelope(112 + x * 0.0007, 35 + y * 0.0003, 112 + (x + 1) * 0.0007, 35 + (y + 1) * 0.0003, 4326) as geom
         from generate_series(0, 50) x, generate_series(0, 24) y
       ), whole as (select overlay_union(array_agg(geom)) as geom, sum(st_area(geom::geography)) as area from cell)
       select st_numgeometries(geom) as parts, st_numinteriorrings(st_geometryn(geom, 1)) as holes,
         st_area(geom::geography) / area as ratio from whole`,
    );
    expect(found).toMatchObject({ parts: 1, holes: 0 });
    expect(Math.abs(found.ratio - 1)).toBeLessThan(1e-8);
  });

  it('keeps every vertex on the grid of 1e-9 degree', async () => {
    const { off } = await one<{ off: number }>(
      `select max(greatest(abs(st_x(p.geom) * 1e9 - round(st_x(p.geom) * 1e9)), abs(st_y(p.geom) * 1e9 - round(st_y(p.geom) * 1e9)))) as off
       from st_dumppoints(overlay_difference(
         st_geomfromtext('POLYGON((112 35, 112.013 35.0007, 112.011 35.0101, 112 35.01, 112 35))', 4326),
         st_geomfromtext('POLYGON((112.005 34.99, 112.02 35.004, 112.003 35.02, 112.005 34.99))', 4326))) p`,
    );
    // A double of this size resolves 1.4e-14 degree.
    expect(off).toBeLessThan(1e-4);
  });

  it('takes shapes apart whose edges nearly coincide', async () => {
    const nearly = 'POLYGON((112 35, 112.01 35.0000000004, 112.0100000003 35.01, 112 35.0099999996, 112 35))';
    const found = await one<{ rest: number; both: number }>(
      `select st_area(overlay_difference(a, b)) as rest, st_area(overlay_intersection(a, b)) as both
       from (select ${box(112, 35, 112.01, 35.01)} as a, st_geomfromtext('${nearly}', 4326) as b) t`,
    );
    expect(found.rest).toBeLessThan(1e-11);
    expect(found.both).toBeCloseTo(1e-4, 10);
  });

  it('calls drawing noise a sliver by the rule of the core', async () => {
    const { slivers } = await one<{ slivers: boolean[] }>(
      `select array[overlay_is_sliver(1, 4), overlay_is_sliver(1.01, 4), overlay_is_sliver(20, 800.1), overlay_is_sliver(20.1, 800.1)] as slivers`,
    );
    expect(slivers).toEqual([true, false, true, false]);
  });
});
