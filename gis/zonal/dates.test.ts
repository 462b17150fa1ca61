import { beforeAll, describe, expect, it, vi } from 'vitest';
import { nodeCodecs, nodeDeflate } from '../../server/platform/raster/node-codecs.ts';
import { memorySource, VARIANT_GRID } from '../../test/helpers/raster.ts';
import { createBlockCache } from '../raster/block-cache.ts';
import { openGeoTiff } from '../raster/open-geotiff.ts';
import type { RasterFile, RasterGrid } from '../raster/raster-file.ts';
import { writeGeoTiff } from '../raster/write-geotiff.ts';
import { computeZonal } from './compute-zonal.ts';
import type { ZonalResults } from './compute-zonal.ts';
import { CoverageRasteriser } from './coverage/coverage-rasteriser.ts';
import { computeDates } from './summing/compute-dates.ts';

const grid: RasterGrid = { ...VARIANT_GRID, width: 200, height: 150 };
const stats = ['mean', 'stdev', 'median', 'p90', 'count', 'area_ge:0.2', 'variety'];
const zones = Array.from({ length: 12 }, (_, i) => {
  const [x, y, side] = [grid.originX + 37 + i * 111, grid.originY - 53 - i * 71, 300 + 20 * i];
  const ring = [
    [x, y],
    [x + side, y - 7],
    [x + side - 11, y - side],
    [x + 3, y - side],
    [x, y],
  ] as [number, number][];
  return { id: i, crs: grid.crs, geometry: { type: 'Polygon', coordinates: [ring] } } as const;
});

async function openDate(date: number, of: RasterGrid, tileSize = 64) {
  const cells = of.width * of.height;
  const band = (step: number) =>
    new Uint16Array(cells).map((_, i) => ((i * step + date * 997) % 4099) + (i % 5 === date % 5 ? 0 : 1));
  const pixels = { width: of.width, height: of.height, bands: [band(37), band(53)] };
  const source = memorySource(
    await writeGeoTiff(pixels, { grid: of, sampleType: 'uint16', tileSize, noData: 0 }, nodeDeflate),
  );
  return { source, file: await openGeoTiff(source, nodeCodecs, { cache: createBlockCache(0) }) };
}
const bandsOf = (file: RasterFile) => ({ bands: { red: { file, band: 1 }, nir: { file, band: 2 } } });

describe('dates of a series in one pass', () => {
  let opened: Awaited<ReturnType<typeof openDate>>[] = [];
  beforeAll(async () => {
    const coarse = { ...grid, width: 100, height: 75, cellWidth: 20, cellHeight: 20 };
    const same = await Promise.all([0, 1, 2, 3].map(date => openDate(date, grid)));
    opened = [...same, await openDate(4, coarse), await openDate(5, grid, 32)];
  });

  it('gives what each date gives alone, to the last bit, whatever grid or blocks it has', async () => {
    const dates = opened.map(({ file }) => bandsOf(file));
    const together = await computeDates(dates, { zones, expression: 'ndvi', stats });
    expect(together).toHaveLength(dates.length);
    for (const [i, date] of dates.entries()) {
      const results = together[i] as ZonalResults;
      expect([...results]).toEqual(await computeZonal({ ...date, zones, expression: 'ndvi', stats }));
      expect(results).toHaveLength(zones.length);
      expect(results.at(1)).toEqual([...results][1]);
    }
    expect([...(together[0] as ZonalResults)]).not.toEqual([...(together[1] as ZonalResults)]);
  });

  it('covers each zone once for the dates of one grid, and reads each block of each date once', async () => {
    const same = await Promise.all([0, 1, 2, 3].map(date => openDate(date, grid)));
    const cover = vi.spyOn(CoverageRasteriser.prototype, 'cover');
    const fractions: number[] = [];
    try {
      await computeDates([bandsOf((same[0] as (typeof same)[number]).file)], { zones, expression: 'ndvi', stats });
      const alone = cover.mock.calls.length;
      cover.mockClear();
      for (const { source } of same) source.reads.length = 0;
      const common = {
        zones,
        expression: 'ndvi' as const,
        stats,
        onProgress: (fraction: number) => fractions.push(fraction),
      };
      await computeDates(
        same.map(({ file }) => bandsOf(file)),
        common,
      );
      expect(cover.mock.calls).toHaveLength(alone);
    } finally {
      cover.mockRestore();
    }
    for (const { source } of same) {
      expect(source.reads.length).toBeGreaterThan(3);
      expect(new Set(source.reads.map(({ offset }) => offset)).size).toBe(source.reads.length);
    }
    expect(fractions.at(-1)).toBe(1);
  });
});
