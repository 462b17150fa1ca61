// Land that comes with its area: whose word is believed, what the database checks all the same, and that both find the same outlines sound.
import { beforeAll, describe, expect, it } from 'vitest';
import { polygonAreaM2, polygonPerimeterM } from '../../gis/earth/polygon-area.ts';
import { hasErrors, validatePolygonal } from '../../gis/geometry/validate.ts';
import { encodeWkb } from '../../gis/geometry/wkb.ts';
import type { MultiPolygon, Position } from '../../gis/types.ts';
import { listFaults } from '../../server/land/verify/verify.repository.ts';
import type { Queryable } from '../../server/platform/db/database.ts';
import { randomOf } from '../helpers/blobs.ts';
import { describeOnBothDatabases } from '../helpers/databases.ts';
import { createRooms, makeMine } from '../helpers/rooms.ts';

const ring = (...positions: Position[]): MultiPolygon => ({
  type: 'MultiPolygon',
  coordinates: [[[...positions, positions[0] as Position]]],
});
const square = ring([112, 35], [112.001, 35], [112.001, 35.001], [112, 35.001]);
const bowTie = ring([112, 35], [112.001, 35.001], [112.001, 35], [112, 35.001]);
const hexOf = (geometry: MultiPolygon): string => Buffer.from(encodeWkb(geometry, 4326)).toString('hex');

describeOnBothDatabases('measured land', getDb => {
  let mineId: number;
  beforeAll(async () => void (mineId = (await makeMine(createRooms(getDb()), 'MEASURED-1', 111.95, 34.95)).id));

  const believe = (tx: Queryable): Promise<unknown> =>
    tx.raw(`select set_config('regreen.land_is_measured', 'on', true)`);
  async function insert(tx: Queryable, geometry: MultiPolygon, areaM2: number | null, more: object = {}) {
    const [row] = await tx('land_event')
      .insert({
        mine_id: mineId,
        geom: tx.raw('cast(? as geometry)', [hexOf(geometry)]),
        area_m2: areaM2,
        stage: 'DST',
        effective_on: '2020-01-01',
        scope: 'LIC',
        evidence_grade: 'E1',
        recorded_revision: 1,
        ...more,
      })
      .returning<{ id: number; area_m2: number }[]>(['id', 'area_m2']);
    return row as { id: number; area_m2: number };
  }
  /** Runs in a transaction that leaves nothing behind. */
  async function aside<T>(work: (tx: Queryable) => Promise<T>): Promise<T> {
    const tx = await getDb().knex.transaction();
    try {
      return await work(tx);
    } finally {
      await tx.rollback();
    }
  }

  it('is measured by the database, whatever area it came with, unless the statement says that it was measured', async () => {
    const areaM2 = polygonAreaM2(square);
    await aside(async tx => {
      const near = (row: { area_m2: number }): void => expect(Math.abs(row.area_m2 - areaM2)).toBeLessThan(1e-3);
      near(await insert(tx, square, 1));
      near(await insert(tx, square, null));
      await believe(tx);
      expect((await insert(tx, square, areaM2)).area_m2).toBe(areaM2);
      near(await insert(tx, square, null));
    });
    await getDb().transaction(believe);
    await aside(async tx => expect((await insert(tx, square, 1)).area_m2).toBeGreaterThan(1e4));
  });

  it('measures the same area and the same length as the core does, of outlines of any size and place', async () => {
    const random = randomOf(31);
    const outlines = Array.from({ length: 300 }, (_, i): MultiPolygon => {
      const [lng, lat] = [-180 + 360 * random(), -89 + 178 * random()];
      const reachDeg = 10 ** (-4 + 4.5 * random());
      const count = 3 + (i % 40);
      const corner = (k: number): Position => {
        const [angle, radius] = [(2 * Math.PI * k) / count, reachDeg * (0.4 + 0.6 * random())];
        const down = Math.max(-89.9, Math.min(89.9, lat + radius * Math.sin(angle)));
        return [lng + (radius * Math.cos(angle)) / Math.cos((lat * Math.PI) / 180), down];
      };
      const outline = Array.from({ length: count }, (__, k) => corner(k));
      // Within the world, as land is.
      return outline.every(([x]) => Math.abs(x) <= 180) ? ring(...outline) : ring([lng, 1], [lng, 2], [lng / 2, 2]);
    });
    const { rows } = await getDb().knex.raw<{ rows: { area: number; length: number }[] }>(
      `select st_area(g::geography) as area, st_perimeter(g::geography) as length
       from unnest(cast(? as text[])) with ordinality as hex(h, i), lateral (select cast(h as geometry) as g) as shape order by i`,
      [outlines.map(hexOf)],
    );
    expect(rows).toHaveLength(outlines.length);
    outlines.forEach((outline, i) => {
      const [areaM2, lengthM] = [polygonAreaM2(outline), polygonPerimeterM(outline)];
      const { area, length } = rows[i] as { area: number; length: number };
      // The database counts areas from the equator: what is left of its digits there is a hundredth of a square metre a corner.
      const corners = outline.coordinates[0]?.[0]?.length ?? 0;
      expect([i, Math.abs(area - areaM2) < 1e-9 * areaM2 + 0.02 * corners]).toEqual([i, true]);
      expect([i, Math.abs(length - lengthM) < 1e-9 * lengthM + 1e-8 * corners]).toEqual([i, true]);
    });
  });

  it('is measured again when its outline or its area is written', async () => {
    await aside(async tx => {
      const { id, area_m2: before } = await insert(tx, square, null);
      await tx('land_event').where({ id }).update({ area_m2: 5 });
      expect(await tx('land_event').where({ id }).first('area_m2')).toEqual({ area_m2: before });
    });
  });

  it('is judged by the database unless it was judged and measured before', async () => {
    const refused = { code: '23514', constraint: 'chk_land_event_geom_valid' };
    await expect(aside(tx => insert(tx, bowTie, 1))).rejects.toMatchObject(refused);
    await expect(aside(async tx => believe(tx).then(() => insert(tx, bowTie, null)))).rejects.toMatchObject(refused);
  });

  it('is told by verify where its measure or its outline is wrong after all', async () => {
    const faults = await aside(async tx => {
      await believe(tx);
      await insert(tx, square, polygonAreaM2(square) + 0.01);
      await insert(tx, ring([112.01, 35], [112.011, 35.001], [112.011, 35], [112.01, 35.001]), 1);
      return listFaults(tx, mineId);
    });
    expect(faults.map(({ fault }) => fault)).toEqual(
      expect.arrayContaining(['area-differs-from-outline', 'outline-not-sound']),
    );
  });

  describe('keeps its mine, its import, its facility and the events that it names', () => {
    const broken = (constraint: string) => ({ code: '23503', constraint });
    const newImport = async (tx: Queryable): Promise<number> => {
      const [row] = await tx('import_batch')
        .insert({
          mine_id: mineId,
          file_name: 'a',
          sha256: 'a',
          bytes: 1,
          storage_folder: 'a',
          state: 'failed',
          row_count: 1,
          ready_count: 1,
          error_count: 0,
        }) // prettier-ignore
        .returning<{ id: number }[]>('id');
      return (row as { id: number }).id;
    };

    const newFacility = async (tx: Queryable): Promise<number> => {
      const [row] = await tx('facility')
        .insert({
          mine_id: mineId,
          type: 'PIT',
          name_zh: '坑',
          name_en: 'Pit',
          valid_from: '2019-01-01',
          status: 'operate',
        })
        .returning<{ id: number }[]>('id');
      return (row as { id: number }).id;
    };

    it('which have to exist', async () => {
      await expect(aside(tx => insert(tx, square, null, { mine_id: 987_654 }))).rejects.toMatchObject(
        broken('fk_land_event_mine'),
      );
      await expect(aside(tx => insert(tx, square, null, { import_id: 987_654 }))).rejects.toMatchObject(
        broken('fk_land_event_import'),
      );
      await expect(aside(tx => insert(tx, square, null, { facility_id: 987_654 }))).rejects.toMatchObject(
        broken('fk_land_event_facility'),
      );
      await expect(aside(tx => insert(tx, square, null, { replaces_id: 987_654 }))).rejects.toMatchObject(
        broken('fk_land_event_replaces'),
      );
      const assumed = { assumed: true, assumed_for: 987_654 };
      await expect(aside(tx => insert(tx, square, null, assumed))).rejects.toMatchObject(
        broken('fk_land_event_assumed_for'),
      );
      const renamed = aside(async tx => {
        const { id } = await insert(tx, square, null);
        await tx('land_event').where({ id }).update({ import_id: 987_654 });
      });
      await expect(renamed).rejects.toMatchObject(broken('fk_land_event_import'));
    });

    it('which are not removed', async () => {
      const removed = aside(async tx => {
        const importId = await newImport(tx);
        await insert(tx, square, null, { import_id: importId });
        await tx('import_batch').where({ id: importId }).delete();
      });
      await expect(removed).rejects.toMatchObject(broken('fk_land_event_import'));
      await aside(async tx => {
        expect(
          await tx('import_batch')
            .where({ id: await newImport(tx) })
            .delete(),
        ).toBe(1);
      });
      const withoutFacility = aside(async tx => {
        const facilityId = await newFacility(tx);
        const { id } = await insert(tx, square, null, { facility_id: facilityId });
        await insert(tx, square, null, { replaces_id: id, facility_id: facilityId });
        await tx('facility').where({ id: facilityId }).delete();
      });
      await expect(withoutFacility).rejects.toMatchObject(broken('fk_land_event_facility'));
      await aside(async tx => {
        expect(
          await tx('facility')
            .where({ id: await newFacility(tx) })
            .delete(),
        ).toBe(1);
      });
      await expect(aside(tx => tx.raw('truncate import_batch'))).rejects.toMatchObject({
        constraint: 'chk_never_deleted',
      });
    });
  });

  it('is sound for the database wherever a single ring is sound for us, corners a few steps of the grid apart included', async () => {
    const random = randomOf(20_260);
    const sound: MultiPolygon[] = [];
    for (let n = 0; n < 6_000; n++) {
      const [step, span] = n % 2 === 0 ? [1e-9, 6] : [1e-5, 1000];
      const corner = (): Position => [
        Number((112 + step * Math.floor(span * random())).toFixed(9)),
        Number((35 + step * Math.floor(span * random())).toFixed(9)),
      ];
      const outline = ring(...Array.from({ length: 3 + Math.floor(5 * random()) }, corner));
      if (!hasErrors(validatePolygonal(outline))) sound.push(outline);
    }
    expect(sound.length).toBeGreaterThan(500);
    const { rows } = await getDb().knex.raw<{ rows: { hex: string }[] }>(
      `select u.hex from unnest(?::text[]) as u (hex) where not st_isvalid(cast(u.hex as geometry)) or st_isempty(cast(u.hex as geometry))`,
      [sound.map(hexOf)],
    );
    expect(rows).toEqual([]);
  });
});
