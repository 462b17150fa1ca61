import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeCodecs, nodeDeflate } from '../../server/platform/raster/node-codecs.ts';
import { cellsOf, memorySource, rasterOf, SMALL_GRID } from '../../test/helpers/raster.ts';
import { openGeoTiff } from '../raster/open-geotiff.ts';
import type { RasterFile, RasterGrid } from '../raster/raster-file.ts';
import { writeGeoTiff } from '../raster/write-geotiff.ts';
import type { Polygonal } from '../types.ts';
import { accumulateZonal, computeZonal, finishZonal, planZonal } from './compute-zonal.ts';
import type { ZonalResult } from './compute-zonal.ts';
import { toMessage } from './sums/merge-zone-sums.ts';

describe('blocks and threads', () => {
  const big: RasterGrid = { ...SMALL_GRID, width: 210, height: 150 };
  const samples = Float32Array.from({ length: big.width * big.height }, (_, i) => Math.sin(i * 0.37) * 50 + (i % 17));
  const stats = ['count', 'sum', 'mean', 'stdev', 'min', 'max', 'median', 'p90', 'area_ge:10', 'valid_fraction'];
  const zone = fc
    .tuple(
      fc.double({ min: -20, max: 200, noNaN: true }),
      fc.double({ min: -20, max: 140, noNaN: true }),
      fc.double({ min: 0.01, max: 180, noNaN: true }),
      fc.double({ min: 0.01, max: 130, noNaN: true }),
    )
    .map(([col, row, width, height]) => ({
      id: 1,
      geometry: cellsOf(col, row, col + width, row + height, big),
      crs: big.crs,
    }));

  /** The same statistics from a plain double loop over rectangles. */
  const naive = (geometry: Polygonal): { count: number; sum: number } => {
    const ring = (geometry as Extract<Polygonal, { type: 'Polygon' }>).coordinates[0] as readonly (readonly [
      number,
      number,
    ])[];
    const [west, east] = [(ring[0]?.[0] as number) - big.originX, (ring[1]?.[0] as number) - big.originX].map(
      x => x / 10,
    ) as [number, number];
    const [north, south] = [big.originY - (ring[0]?.[1] as number), big.originY - (ring[2]?.[1] as number)].map(
      y => y / 10,
    ) as [number, number];
    let [count, sum] = [0, 0];
    for (let row = 0; row < big.height; row += 1) {
      for (let col = 0; col < big.width; col += 1) {
        const overlap = (a0: number, a1: number, b: number): number =>
          Math.max(0, Math.min(a1, b + 1) - Math.max(a0, b));
        const weight = overlap(west, east, col) * overlap(north, south, row);
        count += weight;
        sum += weight * (samples[row * big.width + col] as number);
      }
    }
    return { count, sum };
  };

  it('every block size gives the same, and so do the parts of threads merged', { timeout: 60_000 }, async () => {
    const files = await Promise.all(
      [16, 64, 256].map(tileSize => rasterOf([samples], { grid: big, tileSize, noData: 7 })),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(zone, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 0, max: 10 }),
        async (zones, cut) => {
          const results = await Promise.all(
            files.map(file => computeZonal({ bands: { value: { file, band: 1 } }, zones, stats })),
          );
          const plan = planZonal({ bands: { value: { file: files[0] as RasterFile, band: 1 } }, zones, stats });
          const at = Math.min(cut, plan.blocksDown);
          const parts = [await accumulateZonal(plan, 0, at), await accumulateZonal(plan, at)].map(part =>
            structuredClone(toMessage(part)),
          );
          results.push(finishZonal(plan, parts));
          for (const [index, first] of (results[0] as ZonalResult[]).entries()) {
            const expected = naive(zones[index]?.geometry as Polygonal);
            for (const result of results) {
              const other = result[index] as ZonalResult;
              expect(other.status).toBe(first.status);
              if (first.status !== 'ok' || other.status !== 'ok') continue;
              for (const stat of stats) {
                const [a, b] = [first.values[stat] as number, other.values[stat] as number];
                expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(a)));
              }
            }
            if (first.status === 'ok')
              expect(Math.abs(first.count - expected.count)).toBeLessThan(1e-6 * Math.max(1, expected.count));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('reads every needed block once and no other, whatever the number of zones', async () => {
    const bytes = await writeGeoTiff(
      { width: big.width, height: big.height, bands: [samples] },
      { grid: big, sampleType: 'float32', tileSize: 32 },
      nodeDeflate,
    );
    const source = memorySource(bytes);
    const file = await openGeoTiff(source, nodeCodecs);
    const before = source.reads.length;
    const zones = Array.from({ length: 500 }, (_, i) => ({
      id: i,
      geometry: cellsOf(40 + (i % 7), 40 + (i % 11), 90 + (i % 5), 60, big),
      crs: big.crs,
    }));
    await computeZonal({ bands: { value: { file, band: 1 } }, zones, stats: ['mean'] });
    // Columns 40-95 and rows 40-60 lie in two tiles: one of them, both read to the end or in part, once.
    expect(source.reads.length - before).toBe(2);
  });
});
