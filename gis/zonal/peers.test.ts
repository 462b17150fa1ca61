// Real scenes with answers that others computed (GDAL, rasterio, shapely, sen2r, Orfeo, terra, rasterstats).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeCodecs } from '../../server/platform/raster/node-codecs.ts';
import { fileInMemory } from '../../test/helpers/raster.ts';
import { findSharedData } from '../../test/helpers/shared-data.ts';
import { openGeoTiff } from '../raster/open-geotiff.ts';
import type { RasterFile, RasterGrid } from '../raster/raster-file.ts';
import type { Polygonal } from '../types.ts';
import { computeZonal } from './compute-zonal.ts';
import type { ZonalResult } from './compute-zonal.ts';
import type { ZonalRequest } from './zonal-plan.ts';
import { CoverageRasteriser } from './coverage/coverage-rasteriser.ts';
import type { Expression } from './expression.ts';
import { shapeZone } from './zone-shape.ts';

const data = findSharedData('imagery');
const peers = findSharedData('peer_tests');
const open = (path: string, grid?: RasterGrid): Promise<RasterFile> =>
  openGeoTiff(fileInMemory(join(data ?? '', path)), nodeCodecs, { grid });

interface GeoJsonFile {
  readonly features?: readonly { readonly geometry: Polygonal }[];
}
function readPolygon(path: string): Polygonal {
  const json = JSON.parse(readFileSync(join(data ?? '', path), 'utf8')) as GeoJsonFile &
    Polygonal & { geometry?: Polygonal };
  return json.features?.[0]?.geometry ?? json.geometry ?? json;
}
const ok = (result: ZonalResult | undefined) => {
  if (result?.status !== 'ok') throw new Error(`status ${result?.status}`);
  return result;
};
const one = async (request: Omit<ZonalRequest, 'zones'>, geometry: Polygonal, crs?: string) =>
  ok((await computeZonal({ ...request, zones: [{ id: 1, geometry, crs }] }))[0]);

describe.skipIf(data === undefined)('Korba: an open-cast coal mine on two days', () => {
  const cases = [
    ['2023-01-10', 0.260558, 0.4838, 0.2449],
    ['2023-01-30', 0.146914, 0.2865, 0.0324],
  ] as const;
  it.each(cases)('%s', async (date, mean, over02, over04) => {
    const [red, nir] = await Promise.all(
      ['B04', 'B08'].map(band => open(`korba_s2_mine_2dates/S2L2A_${date}_${band}.tiff`)),
    );
    const bands = { red: { file: red as RasterFile, band: 1 }, nir: { file: nir as RasterFile, band: 1 } };
    const aoi = readPolygon('korba_s2_mine_2dates/aoi.geojson');
    const { values, count } = await one(
      { bands, expression: 'ndvi', stats: ['mean', 'area', 'area_ge:0.2', 'area_ge:0.4'] },
      aoi,
    );
    expect(values['mean']).toBeCloseTo(mean, 6);
    expect(count).toBeCloseTo(25055.3221, 4);
    expect((values['area_ge:0.2'] as number) / (values['area'] as number)).toBeCloseTo(over02, 2);
    expect((values['area_ge:0.4'] as number) / (values['area'] as number)).toBeCloseTo(over04, 2);
  });

  it('its whole outline has 855.556 ha; pixels of 0 in both bands are no data, never NDVI 0', async () => {
    const red = await open('korba_s2_mine_2dates/S2L2A_2023-01-10_B04.tiff');
    const nir = await open('korba_s2_mine_2dates/S2L2A_2023-01-10_B08.tiff');
    const { grid } = red.image;
    const x = (col: number): number => grid.originX + col * grid.cellWidth;
    const y = (row: number): number => grid.originY - row * grid.cellHeight;
    const ring = [
      [0, 0],
      [grid.width, 0],
      [grid.width, grid.height],
      [0, grid.height],
      [0, 0],
    ].map(([col, row]): [number, number] => [x(col as number), y(row as number)]);
    const bands = { red: { file: red, band: 1 }, nir: { file: nir, band: 1 } };
    const whole = await one({ bands, expression: 'ndvi', stats: ['count'] }, { type: 'Polygon', coordinates: [ring] });
    expect(whole.count).toBeCloseTo(218 * 137 - 4497, 6);
  });
});

describe.skipIf(data === undefined)('sen2r: Barbellino', () => {
  const folder = 'sen2r_barbellino_s2_l2a';
  const cases = [
    ['20170703', 0.300424],
    ['20190723', 0.400822],
  ] as const;

  it.each(cases)('%s: the dam', async (date, mean) => {
    const file = await open(`${folder}/S2A2A_${date}_022_Barbellino_BOA_10.tif`);
    const bands = { red: { file, band: 4 }, nir: { file, band: 8 } };
    const result = await one(
      { bands, expression: 'ndvi', stats: ['mean'] },
      readPolygon(`${folder}/dam.geojson`),
      'EPSG:32632',
    );
    expect(result.values['mean']).toBeCloseTo(mean, 6);
    expect(result.count).toBeCloseTo(82.9372, 4);
  });

  it.each(cases)('%s: NDVI and MSAVI2 of every pixel are those of sen2r', async date => {
    const file = await open(`${folder}/S2A2A_${date}_022_Barbellino_BOA_10.tif`);
    const bands = { red: { file, band: 4, scale: 1e-4 }, nir: { file, band: 8, scale: 1e-4 } };
    for (const [expression, name] of [
      ['ndvi', 'NDVI'],
      ['msavi2', 'MSAVI2'],
    ] as const) {
      const theirs = await open(`${folder}/S2A2A_${date}_022_Barbellino_${name}_10.tif`);
      const ours = await cellByCell({ bands, expression }, file.image.grid);
      const expected = await cellByCell({ bands: { value: { file: theirs, band: 1, scale: 1e-4 } } }, file.image.grid);
      expect(ours).toHaveLength(1008);
      ours.forEach((value, i) =>
        expect(Math.abs((value ?? NaN) - (expected[i] ?? NaN))).toBeLessThanOrEqual(0.5001e-4),
      );
    }
  });

  it.each([
    ['20170703', 456, 0.582796],
    ['20190723', 548, 0.636459],
  ] as const)('%s: classes 4 and 5 of the 20 m classification, met by coordinates', async (date, count, mean) => {
    const file = await open(`${folder}/S2A2A_${date}_022_Barbellino_BOA_10.tif`);
    const scl = await open(`${folder}/S2A2A_${date}_022_Barbellino_SCL_10.tif`);
    const { grid } = file.image;
    const box = boxOf(grid);
    const bands = { red: { file, band: 4 }, nir: { file, band: 8 } };
    const mask = { file: scl, band: 1, classes: [4, 5], mode: 'keep' as const };
    const result = await one({ bands, expression: 'ndvi', mask, stats: ['mean'] }, box, grid.crs);
    expect(result.count).toBeCloseTo(count, 9);
    expect(result.values['mean']).toBeCloseTo(mean, 6);
  });
});

function boxOf(grid: RasterGrid): Polygonal {
  const [west, north] = [grid.originX, grid.originY];
  const [east, south] = [west + grid.width * grid.cellWidth, north - grid.height * grid.cellHeight];
  return {
    type: 'Polygon',
    coordinates: [
      [
        [west, north],
        [east, north],
        [east, south],
        [west, south],
        [west, north],
      ],
    ],
  };
}

/** The value of every cell, by one zone a cell; undefined = no data. */
async function cellByCell(
  request: Omit<ZonalRequest, 'zones' | 'stats'>,
  grid: RasterGrid,
): Promise<(number | undefined)[]> {
  const zones = Array.from({ length: grid.width * grid.height }, (_, id) => {
    const [col, row] = [id % grid.width, Math.floor(id / grid.width)];
    const cell = {
      ...grid,
      originX: grid.originX + col * grid.cellWidth,
      originY: grid.originY - row * grid.cellHeight,
      width: 1,
      height: 1,
    };
    return { id, geometry: boxOf(cell), crs: grid.crs };
  });
  const results = await computeZonal({ ...request, zones, stats: ['mean'] });
  return results.map(result => (result.status === 'ok' ? result.values['mean'] : undefined));
}

describe.skipIf(data === undefined)('FuseTS: a field near Valladolid', () => {
  const cases = [
    ['2019-01-27', 0.282928, 1],
    ['2019-02-06', 0.269164, 0.0896],
    ['2019-05-02', 0.779457, 1],
    ['2019-08-15', 0.14755, 1],
    ['2019-12-28', 0.437801, 1],
  ] as const;
  it.each(cases)('%s', async (date, mean, validFraction) => {
    const file = await open(`fusets_s2_field_spain/geotiff/S2L2A_${date}_B04_B08_SCL.tif`);
    const bands = { red: { file, band: 1 }, nir: { file, band: 2 } };
    const field = readPolygon('fusets_s2_field_spain/field.geojson');
    const result = await one({ bands, expression: 'ndvi', stats: ['mean'] }, field);
    expect(Math.abs((result.values['mean'] as number) - mean)).toBeLessThan(1e-5);
    // The file keeps only cells whose centre lies in the field: a hundredth of the field is no data at its rim.
    expect(Math.abs(result.validFraction - validFraction)).toBeLessThan(0.01);
    expect(result.onRasterFraction).toBeCloseTo(1, 12);
    expect(Math.abs(result.count / result.validFraction - 2323.8853)).toBeLessThan(0.001);
  });
});

describe.skipIf(data === undefined)('Orfeo: the baselines of its radiometric indices', () => {
  const place: RasterGrid = {
    width: 256,
    height: 256,
    originX: 500_384,
    originY: 1_837_648,
    cellWidth: 8,
    cellHeight: 8,
    crs: 'EPSG:32616',
  };
  const cases: readonly (readonly [Expression, string])[] = [
    ['ndvi', 'NDVI'],
    ['savi', 'SAVI'],
    ['msavi2', 'MSAVI2'],
    ['ipvi', 'IPVI'],
    ['rvi', 'RVI'],
  ];
  it.each(cases)('%s', async (expression, name) => {
    const folder = 'otb_ndvi_baseline';
    const red = await open(`${folder}/verySmallFSATSW_r.tif`, place);
    const nir = await open(`${folder}/verySmallFSATSW_nir.tif`, place);
    const baseline = await open(`${folder}/raRAndNIRVegetationIndex_${name}_verySmallFSATSWcRcNir.tif`, place);
    const part = { ...place, width: 64, height: 64 };
    const ours = await cellByCell(
      { bands: { red: { file: red, band: 1 }, nir: { file: nir, band: 1 } }, expression },
      part,
    );
    const theirs = await cellByCell({ bands: { value: { file: baseline, band: 1 } } }, part);
    ours.forEach((value, i) =>
      expect(Math.abs((value ?? 0) - (theirs[i] ?? 0))).toBeLessThan(1e-12 + 1e-9 * Math.abs(value ?? 0)),
    );
  });
});

describe.skipIf(peers === undefined)('exactextract: polygons that once broke it', () => {
  it.each(['antarctica', 'russia', 'regression4', 'regression6'])('%s: fractions sum to the planar area', name => {
    const text = readFileSync(join(peers ?? '', `exactextract/test/resources/${name}.wkt`), 'utf8').replaceAll('"', '');
    // Rings of both kinds of WKT, holes told from shells by the depth of the brackets.
    const parts = (text.trim().startsWith('MULTI') ? text.split(/\)\s*\)\s*,\s*\(\s*\(/) : [text]).map(part =>
      [...part.matchAll(/[-\d.e]+\s+[-\d.e]+(?:\s*,\s*[-\d.e]+\s+[-\d.e]+)*/g)].map(([ring]) =>
        ring.split(',').map((pair): [number, number] => pair.trim().split(/\s+/).map(Number) as [number, number]),
      ),
    );
    const xs = parts.flat(2).map(([x]) => x);
    const ys = parts.flat(2).map(([, y]) => y);
    const [west, north] = [Math.floor(Math.min(...xs)) - 1, Math.ceil(Math.max(...ys)) + 1];
    const cell = (Math.max(...xs) - west) / 700;
    const grid: RasterGrid = {
      width: 800,
      height: 2000,
      originX: west,
      originY: north,
      cellWidth: cell,
      cellHeight: cell,
      crs: 'EPSG:4326',
    };
    const shape = shapeZone({ type: 'MultiPolygon', coordinates: parts }, grid, undefined);
    if (typeof shape === 'string') throw new Error(shape);
    const rows = new CoverageRasteriser().cover(shape, {
      firstRow: 0,
      endRow: grid.height,
      firstCol: 0,
      endCol: grid.width,
    });
    if (rows === undefined) throw new Error('nothing covered');
    let sum = 0;
    for (let i = 0; i < (rows.rowStarts[rows.rowCount] as number); i += 1) {
      sum += (rows.weights[i] as number) * ((rows.ends[i] as number) - (rows.starts[i] as number));
    }
    expect(Math.abs(sum / shape.areaCells - 1)).toBeLessThan(1e-9);
  });
});
