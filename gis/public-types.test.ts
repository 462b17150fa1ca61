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
  ZonalRequest,
  ZonalResult,
  ZoneFault,
  ZoneWithoutFigures,
} from './index.ts';
import { computeZonal, GisError, openGeoTiff } from './index.ts';

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
