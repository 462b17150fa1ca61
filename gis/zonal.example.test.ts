// The example of the README, run as it stands there, as somebody else's program.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeDeflate } from '../server/platform/raster/node-codecs.ts';
import { packageRoot } from '../server/platform/threads.ts';
import { polygonAreaM2, projectorFor } from './index.ts';
import { writeGeoTiff } from './raster/write-geotiff.ts';
import type { Polygon, Position } from './types.ts';

// Inside the package, so that its own name leads to what it exports.
const folder = join(packageRoot, 'test', 'output', 'example');
const at = (name: string): string => join(folder, name);

describe('the example of the README', () => {
  beforeAll(() => void mkdirSync(folder, { recursive: true }));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('prints the NDVI of a polygon', async () => {
    const grid = { width: 64, height: 64, originX: 500_000, originY: 4_000_000, cellWidth: 10, cellHeight: 10, crs: 'EPSG:32647' }; // prettier-ignore
    const red = Uint16Array.from({ length: 64 * 64 }, (_, i) => (i % 64 < 32 ? 1000 : 2000));
    const nir = new Uint16Array(64 * 64).fill(3000);
    const layout = { grid, sampleType: 'uint16' as const, tileSize: 16 };
    writeFileSync(
      at('scene.tif'),
      await writeGeoTiff({ width: 64, height: 64, bands: [red, nir] }, layout, nodeDeflate),
    );
    // Half of it west of the border of the two reds, half east: NDVI 0.5 and 0.2.
    const utm: Position[] = [[500_300, 3_999_500], [500_340, 3_999_500], [500_340, 3_999_600], [500_300, 3_999_600]]; // prettier-ignore
    const { inverse } = projectorFor('EPSG:32647');
    const ring = utm.map(position => inverse(position));
    const polygon: Polygon = { type: 'Polygon', coordinates: [[...ring, ring[0] as Position]] };
    writeFileSync(at('polygon.geojson'), JSON.stringify(polygon));
    const [, program] = /```js\n(.*?)```/s.exec(readFileSync(join(packageRoot, 'gis', 'README.md'), 'utf8')) ?? [];
    writeFileSync(at('ndvi.mjs'), program ?? '');
    const printed = execFileSync(process.execPath, [at('ndvi.mjs'), at('scene.tif'), at('polygon.geojson')], {
      encoding: 'utf8',
    });
    const answer = JSON.parse(printed) as {
      areaM2: number;
      status: string;
      validFraction: number;
      values: Record<string, number>;
    };
    expect(answer).toMatchObject({ status: 'ok', validFraction: 1 });
    expect(answer.areaM2).toBe(polygonAreaM2(polygon));
    expect(answer.values['mean']).toBeCloseTo(0.35, 6);
    expect(answer.values['stdev']).toBeCloseTo(0.15, 6);
    expect(answer.values['max']).toBeCloseTo(0.5, 9);
    // Half of the polygon is above; cells on the true ellipsoid, as the polygon is.
    expect((answer.values['area_ge:0.3'] ?? Number.NaN) / answer.areaM2).toBeCloseTo(0.5, 4);
  });
});
