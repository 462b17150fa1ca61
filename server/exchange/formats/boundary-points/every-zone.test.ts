// Out as a text of boundary points and in again, in every zone of China: the land stays what it was.
import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { projectPolygon } from '../../../../gis/crs/project-polygon.ts';
import type { CrsCode } from '../../../../gis/crs/crs.ts';
import { polygonAreaM2 } from '../../../../gis/earth/polygon-area.ts';
import { normalisePolygonal } from '../../../../gis/geometry/normalise.ts';
import type { MultiPolygon, Position, Ring } from '../../../../gis/types.ts';
import { randomOf } from '../../../../test/helpers/blobs.ts';
import { diagnoseBytes } from '../../../../test/survey/diagnosing.ts';
import type { Feature } from '../export-layer.ts';
import { withJob } from '../fixtures/exported.fixture.ts';
import { writeBoundaryPoints } from './boundary-points.ts';

const random = randomOf(8);
/** A bent ring round a place, closed. */
function ringAt([lng, lat]: Position, size: number, isHole: boolean): Ring {
  const count = 5 + Math.floor(20 * random());
  const ring = Array.from({ length: count }, (_unused, i): Position => {
    const angle = ((isHole ? -1 : 1) * 2 * Math.PI * i) / count;
    const reach = size * (0.7 + 0.3 * random());
    return [lng + reach * Math.cos(angle), lat + reach * Math.sin(angle)];
  });
  return [...ring, ring[0] as Position];
}

const numbers = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_unused, i) => first + i);
/** Code, half width and central meridian: zones of three degrees with and without their number before the easting, then of six. */
const ZONES: readonly (readonly [CrsCode, number, number])[] = [
  ...numbers(25, 45).map(zone => [`EPSG:${4488 + zone}`, 1.5, 3 * zone] as const),
  ...numbers(25, 45).map(zone => [`EPSG:${4509 + zone}`, 1.5, 3 * zone] as const),
  ...numbers(13, 23).map(zone => [`EPSG:${4478 + zone}`, 3, 6 * zone - 3] as const),
  ...numbers(13, 23).map(zone => [`EPSG:${4489 + zone}`, 3, 6 * zone - 3] as const),
];

describe('界址点 text and back', () => {
  it.each(ZONES)('%s: within 0.01 m² a point', async (crs, halfWidth, meridian) => {
    const given = numbers(1, 4).map((id): { id: number; geometry: MultiPolygon } => {
      // Two of them lie across the edges of the zone.
      const share = [-1, 1][id - 1] ?? 2 * random() - 1;
      const place: Position = [Math.min(135, meridian + halfWidth * share), 4 + 49 * random()];
      const size = 10 ** (-4 + 2.5 * random());
      const drawn = {
        type: 'MultiPolygon',
        coordinates: [[ringAt(place, size, false), ringAt(place, size / 2, true)]],
      } as const;
      // Land lies on the grid of the ledger before it is written.
      return { id, geometry: normalisePolygonal(drawn).geometry };
    });
    const layer = {
      async *features(): AsyncGenerator<Feature> {
        for (const { id, geometry } of given) {
          const values = { areaM2: polygonAreaM2(geometry) };
          yield { id, geometry: projectPolygon(geometry, crs), values } as unknown as Feature;
        }
      },
    };
    await withJob({ crs, encoding: 'gbk', layer }, async job => {
      const { path, records } = await writeBoundaryPoints(job);
      expect(records).toBe(given.length);
      const answer = await diagnoseBytes(await readFile(path), 'land.txt');
      expect([answer.crs.used, answer.errorCount, answer.rows.length]).toEqual([crs, 0, given.length]);
      for (const [index, { geometry }] of given.entries()) {
        const back = answer.rows[index] as (typeof answer.rows)[number];
        const points = back.geometry.coordinates.flat(2).length;
        expect(points).toBe(geometry.coordinates.flat(2).length);
        expect(Math.abs(back.areaM2 - polygonAreaM2(geometry))).toBeLessThan(0.01 * points);
      }
    });
  });
});
