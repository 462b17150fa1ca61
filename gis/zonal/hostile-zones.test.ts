// Zones as they should not be: each gets its answer, and the ones beside it theirs.
import { describe, expect, it } from 'vitest';
import { nodeCodecs, nodeDeflate } from '../../server/platform/raster/node-codecs.ts';
import { memorySource, VARIANT_GRID } from '../../test/helpers/raster.ts';
import { openGeoTiff } from '../raster/open-geotiff.ts';
import { writeGeoTiff } from '../raster/write-geotiff.ts';
import type { Position, Ring } from '../types.ts';
import { computeZonal } from './compute-zonal.ts';
import type { ZonalResult } from './compute-zonal.ts';
import type { Zone } from './zone-shape.ts';

const { width, height, originX, originY } = VARIANT_GRID;
const samples = new Float32Array(width * height).map((_, i) => (i % 13) / 13);
const file = await openGeoTiff(
  memorySource(
    await writeGeoTiff(
      { width, height, bands: [samples] },
      { grid: VARIANT_GRID, sampleType: 'float32', tileSize: 32 },
      nodeDeflate,
    ),
  ),
  nodeCodecs,
);

const crs = 'EPSG:32647';
/** Columns and rows of the raster to its coordinates. */
const at = (col: number, row: number): Position => [originX + col * 10, originY - row * 10];
const zone = (id: string, ...rings: Ring[]): Zone => ({ id, crs, geometry: { type: 'Polygon', coordinates: rings } });
const square: Ring = [at(10, 10), at(20, 10), at(20, 20), at(10, 20), at(10, 10)];
const stats = ['mean', 'count', 'stdev', 'median', 'area', 'min', 'max', 'n_eff'];

function expectNumbers(results: readonly ZonalResult[]): void {
  for (const result of results) {
    if (result.status !== 'ok') continue;
    const wrong = Object.entries(result.values).filter(([, value]) => !Number.isFinite(value));
    expect([result.id, wrong]).toEqual([result.id, []]);
    expect(result.validFraction).toBeGreaterThanOrEqual(0);
    expect(result.validFraction).toBeLessThanOrEqual(1);
  }
}

describe('odd zones', () => {
  it('say what is wrong with them, and leave the sound one beside them alone', async () => {
    const zones: Zone[] = [
      zone('sound', square),
      zone('not a number', [at(10, 10), [Number.NaN, originY], at(20, 20), at(10, 10)]),
      zone('infinite', [at(10, 10), [Number.POSITIVE_INFINITY, originY], at(20, 20), at(10, 10)]),
      zone('greatest number', [at(10, 10), [Number.MAX_VALUE, originY], at(20, 20), at(10, 10)]),
      zone('no ring'),
      zone('empty ring', []),
      zone('one point', [at(10, 10)]),
      zone('a line there and back', [at(10, 10), at(20, 20), at(10, 10)]),
      zone('unclosed', square.slice(0, 4)),
      zone('crossing itself', [at(10, 10), at(20, 20), at(20, 10), at(10, 20), at(10, 10)]),
      zone('a hole as large as itself', square, square.toReversed()),
      zone('a hole outside', square, [at(40, 40), at(42, 40), at(42, 42), at(40, 40)]),
      zone('tiny', [at(10.5, 10.5), at(10.5 + 1e-9, 10.5), at(10.5, 10.5 + 1e-9), at(10.5, 10.5)]),
      zone('far away', [at(1e6, 1e6), at(1e6 + 5, 1e6), at(1e6, 1e6 + 5), at(1e6, 1e6)]),
      zone('all the world', [at(-1e7, -1e7), at(1e7, -1e7), at(1e7, 1e7), at(-1e7, 1e7), at(-1e7, -1e7)]),
      {
        id: 'beyond the pole',
        geometry: {
          type: 'Polygon',
          coordinates: [
            [
              [98, 89],
              [99, 95],
              [100, 89],
              [98, 89],
            ],
          ],
        },
      },
    ];
    const results = await computeZonal({ bands: { value: { file, band: 1 } }, zones, stats });
    expectNumbers(results);
    const status = Object.fromEntries(results.map(({ id, status: code }) => [id, code]));
    expect(status).toMatchObject({
      sound: 'ok',
      'not a number': 'not-finite',
      infinite: 'not-finite',
      'no ring': 'empty-geometry',
      'empty ring': 'empty-geometry',
      'one point': 'empty-geometry',
      'a line there and back': 'empty-geometry',
      unclosed: 'ok',
      'a hole as large as itself': 'empty-geometry',
      'far away': 'outside',
      'all the world': 'ok',
    });
    const of = (id: string) => results.find(result => result.id === id);
    const sound = of('sound');
    const unclosed = of('unclosed');
    if (sound?.status !== 'ok' || unclosed?.status !== 'ok') throw new Error('no figures');
    expect(sound.values['count']).toBeCloseTo(100, 9);
    expect(unclosed.values).toEqual(sound.values);
    const world = of('all the world');
    if (world?.status === 'ok') expect(world.values['count']).toBeCloseTo(width * height, 6);
  });

  it('of a million corners is measured like the circle that it nearly is', { timeout: 60_000 }, async () => {
    const corners = 1_000_000;
    const ring = Array.from({ length: corners + 1 }, (_, i): Position => {
      const angle = (2 * Math.PI * (i % corners)) / corners;
      return at(40 + 20 * Math.cos(angle), 30 + 20 * Math.sin(angle));
    });
    const [result] = await computeZonal({ bands: { value: { file, band: 1 } }, zones: [zone('round', ring)], stats });
    if (result?.status !== 'ok') throw new Error(`no figures: ${result?.status}`);
    expect(result.values['count']).toBeCloseTo(Math.PI * 400, 5);
  });

  it('in their hundred thousands are measured in one call, each by itself', { timeout: 60_000 }, async () => {
    const count = 100_000;
    const zones = Array.from({ length: count }, (_, i): Zone => {
      const [col, row] = [(i * 7.3) % (width - 2), (i * 3.7) % (height - 2)];
      return zone(`${i}`, [
        at(col, row),
        at(col + 1.5, row),
        at(col + 1.5, row + 1.5),
        at(col, row + 1.5),
        at(col, row),
      ]);
    });
    const results = await computeZonal({ bands: { value: { file, band: 1 } }, zones, stats: ['mean', 'count'] });
    expect(results).toHaveLength(count);
    expectNumbers(results);
    expect(
      results.every(result => result.status === 'ok' && Math.abs((result.values['count'] ?? 0) - 2.25) < 1e-6),
    ).toBe(true);
    for (const i of [0, 4711, 99_999]) {
      const [alone] = await computeZonal({
        bands: { value: { file, band: 1 } },
        zones: [zones[i] as Zone],
        stats: ['mean', 'count'],
      });
      expect(alone).toEqual(results[i]);
    }
  });
});
