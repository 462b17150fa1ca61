import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeGeoTiff } from '../../../gis/raster/write-geotiff.ts';
import { nodeDeflate } from '../../platform/raster/node-codecs.ts';
import { INDEX_CODES, type IndexCode } from '../indices.ts';
import { measureZones, type ZoneMeasure } from './measure-zones.ts';
import { plainScene, rectangleOnGrid, smallGrid as grid, zoneTarget } from './small-scene.fixture.ts';

const folder = mkdtempSync(join(tmpdir(), 'regreen-blank-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const INDICES = INDEX_CODES.filter(code => ['ndvi', 'savi', 'msavi2', 'evi2', 'fvc'].includes(code));
/** What every 32-bit raster begins with that nobody filled, and says nothing of. */
const LOWEST = -3.402_823_466_385_288_6e38;

/** Measures of the whole of a scene in which every cell but those of some columns holds 0.1 and 0.5. */
async function measure(
  sampleType: 'float32' | 'float64',
  strange: (band: number, col: number) => number | undefined,
): Promise<Map<IndexCode, ZoneMeasure>> {
  const bandOf = (band: number) => {
    const values = Array.from({ length: 24 }, (_, at) => strange(band, at % 6) ?? [0.1, 0.5][band] ?? 0);
    return sampleType === 'float32' ? new Float32Array(values) : new Float64Array(values);
  };
  const path = join(folder, 'a.tif');
  const pixels = { width: 6, height: 4, bands: [bandOf(0), bandOf(1)] };
  writeFileSync(path, await writeGeoTiff(pixels, { grid, sampleType, tileSize: 16 }, nodeDeflate));
  const bands = { red: { file: 'a.tif', band: 1 }, nir: { file: 'a.tif', band: 2 } };
  const scene = plainScene([{ name: 'a.tif', path }], { bands });
  const [measures] = await measureZones(scene, [zoneTarget(rectangleOnGrid(0, 0, 60, 40))], { indices: INDICES });
  return new Map(measures?.map(one => [one.index, one]));
}

describe('cells that cannot be a measurement', () => {
  it.each([
    ['the lowest 32-bit number in both bands', 'float32', () => LOWEST],
    ['it in one band', 'float32', band => (band === 1 ? LOWEST : undefined)],
    ['numbers whose squares are infinite', 'float64', band => (band === 0 ? 1e300 : -1e300)],
    ['infinity', 'float64', band => (band === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY)],
  ] as [string, 'float32' | 'float64', (band: number) => number | undefined][])(
    'are none: %s',
    async (_what, type, value) => {
      const part = await measure(type, (band, col) => (col < 3 ? value(band) : undefined));
      const none = await measure(type, value);
      const whole = await measure(type, () => undefined);
      for (const index of INDICES) {
        expect(part.get(index)?.mean).toBeCloseTo(whole.get(index)?.mean ?? Number.NaN, 9);
        expect(part.get(index)?.validFraction).toBeCloseTo(0.5, 4);
        expect(none.get(index)).toMatchObject({ status: 'no-valid-pixels', mean: null, validFraction: 0 });
      }
    },
  );

  it('are told from what is next to nothing: that is 0, whose square a database can hold', async () => {
    const measures = await measure('float64', (band, col) => (band === 0 ? 1e-320 : 2e-320 * (1 + col)));
    for (const index of ['savi', 'evi2'] as const)
      expect(measures.get(index)).toMatchObject({ mean: 0, stdev: 0, min: 0, max: 0, median: 0 });
  });
});
