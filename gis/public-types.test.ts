// The library as who installs it sees it: every type that a call takes or gives has a name there.
import { expect, it } from 'vitest';
import type {
  BandSource,
  ClassMask,
  ExpressionOptions,
  RangeSource,
  RasterFile,
  StatName,
  Zone,
  ZonalPlan,
  ZonalRequest,
  ZonalResult,
  ZoneFault,
  ZoneSumsMessage,
  ZoneWithoutFigures,
} from './index.ts';
import { rasterOf } from '../test/helpers/raster.ts';
import {
  accumulateZonal,
  computeZonal,
  finishZonal,
  GisError,
  openGeoTiff,
  planZonal,
  toZoneSumsMessage,
} from './index.ts';

const empty: RangeSource = { size: 8, read: async () => Uint8Array.of(0x49, 0x49, 42, 0, 0, 0, 0, 0) };

function requestOf(file: RasterFile, options: ExpressionOptions): ZonalRequest {
  const band: BandSource = { file, band: 1, scale: 0.0001 };
  const mask: ClassMask = { file, band: 2, classes: [3], mode: 'exclude' };
  const corners: [number, number][] = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 0],
  ];
  const zones: Zone[] = [{ id: 1, geometry: { type: 'Polygon', coordinates: [corners] } }];
  const stats: StatName[] = ['mean', 'p90'];
  return { bands: { red: band, nir: band }, expression: 'savi', expressionOptions: options, mask, zones, stats };
}

const meanOf = (result: ZonalResult): number | ZoneWithoutFigures =>
  result.status === 'ok' ? (result.values['mean'] ?? NaN) : result.status;

it('names what it takes and gives, and throws what its docstrings say', async () => {
  const asked = async (): Promise<(number | ZoneWithoutFigures)[]> =>
    (await computeZonal(requestOf(await openGeoTiff(empty), { soilAdjustment: 0.5 }))).map(meanOf);
  const error: unknown = await asked().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(GisError);
  expect((error as GisError).code).toMatch(/^raster-/);
  const fault: ZoneFault = 'empty-geometry';
  expect(meanOf({ id: 1, status: fault, validFraction: 0 })).toBe('empty-geometry');
});

it('shares the work out: parts of the raster are summed apart, sent as messages and joined', async () => {
  const grid = { width: 40, height: 40, originX: 0, originY: 40, cellWidth: 1, cellHeight: 1, crs: 'EPSG:4326' };
  const file = await rasterOf([Float32Array.from({ length: 1600 }, (_, i) => i % 7)], { grid, tileSize: 16 });
  const corners: [number, number][] = [
    [1, 1],
    [39, 2],
    [20, 39],
    [1, 1],
  ];
  const request: ZonalRequest = {
    bands: { value: { file, band: 1 } },
    zones: [{ id: 'a', geometry: { type: 'Polygon', coordinates: [corners] } }],
    stats: ['mean', 'stdev', 'median'],
  };
  const plan: ZonalPlan = planZonal(request);
  const parts: ZoneSumsMessage[] = [];
  for (let row = 0; row < plan.blocksDown; row += 1) {
    parts.push(structuredClone(toZoneSumsMessage(await accumulateZonal(plan, row, row + 1))));
  }
  expect(parts.length).toBe(3);
  const [together] = await computeZonal(request);
  const [joined] = finishZonal(plan, parts.toReversed());
  if (together?.status !== 'ok' || joined?.status !== 'ok') throw new Error('no figures');
  for (const stat of request.stats) expect(joined.values[stat]).toBeCloseTo(together.values[stat] ?? NaN, 12);
});
