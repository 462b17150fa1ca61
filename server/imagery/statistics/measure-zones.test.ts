import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { polygonAreaM2 } from '../../../gis/earth/polygon-area.ts';
import type { RasterGrid } from '../../../gis/raster/raster-file.ts';
import { writeGeoTiff } from '../../../gis/raster/write-geotiff.ts';
import type { Polygonal, Position } from '../../../gis/types.ts';
import { computeZonal } from '../../../gis/zonal/compute-zonal.ts';
import { findSharedData } from '../../../test/helpers/shared-data.ts';
import { nodeDeflate } from '../../platform/raster/node-codecs.ts';
import { projectorOfGrid } from '../rasters/footprint.ts';
import { openScene, type SceneSource } from '../rasters/open-scene.ts';
import {
  plainScene as source,
  rectangleOnGrid as rectangle,
  smallGrid as grid,
  zoneTarget as target,
} from './small-scene.fixture.ts';
import { measureZones, type ZoneMeasure } from './measure-zones.ts';

const folder = mkdtempSync(join(tmpdir(), 'regreen-zones-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let files = 0;
async function raster(bands: readonly number[][], noData?: number): Promise<SceneSource['files'][number]> {
  const path = join(folder, `${files++}.tif`);
  const pixels = { width: 6, height: 4, bands: bands.map(values => Uint16Array.from(values)) };
  writeFileSync(path, await writeGeoTiff(pixels, { grid, sampleType: 'uint16', tileSize: 16, noData }, nodeDeflate));
  return { name: 'a.tif', path };
}
const bands = { red: { file: 'a.tif', band: 1 }, nir: { file: 'a.tif', band: 2 } };

describe('the numbers of a zone', () => {
  // NDVI by column: 0, 0.2, 0.4, 0.6, 0.8, and 0/0 in the last.
  const red = Array.from({ length: 24 }, (_, at) => [50, 40, 30, 20, 10, 0][at % 6] as number);
  const nir = Array.from({ length: 24 }, (_, at) => [50, 60, 70, 80, 90, 0][at % 6] as number);

  it('weigh each cell by the part of it that is covered', async () => {
    const file = await raster([red, nir]);
    // Half of column 1, all of column 2, half of column 3; rows 0 to 2 of four.
    const [measures] = await measureZones(source([file], { bands }), [target(rectangle(15, 10, 35, 40))], {
      indices: ['ndvi', 'fvc'],
    });
    const [ndvi, fvc] = measures as [ZoneMeasure, ZoneMeasure];
    expect(ndvi.mean).toBeCloseTo((0.5 * 0.2 + 0.4 + 0.5 * 0.6) / 2, 6);
    expect(ndvi.min).toBeCloseTo(0.2, 12);
    expect(ndvi.max).toBeCloseTo(0.6, 12);
    expect(ndvi.validFraction).toBeCloseTo(1, 6);
    // (3 * 0.5 + 3 + 3 * 0.5)^2 / (3 * 0.25 + 3 + 3 * 0.25)
    expect(ndvi.nEff).toBeCloseTo(36 / 4.5, 4);
    // 0.4 and 0.6 are vegetated: three cells and three halves of 100 m2 on the map, 0.04 % more on the ground.
    expect(ndvi.vegetatedAreaM2).toBeCloseTo(450, 0);
    expect(ndvi.status).toBe('too-small');
    expect(fvc.mean).toBeCloseTo((0.5 * 0.15 + 0.35 + 0.5 * 0.55) / 2 / 0.81, 6);
  });

  it('take 0 in all bands as no data where nothing else is said, and 0 in one band as a sample', async () => {
    const file = await raster([red, nir]);
    const zone = target(rectangle(40, 0, 60, 40));
    const [measures] = await measureZones(source([file], { bands }), [zone], { indices: ['ndvi', 'savi'] });
    const [ndvi, savi] = measures as [ZoneMeasure, ZoneMeasure];
    expect(ndvi).toMatchObject({ validFraction: expect.closeTo(0.5, 4) as number });
    expect(savi.validFraction).toBeCloseTo(0.5, 4);
    expect(savi.mean).toBeCloseTo((1.5 * 80) / 100.5, 6);
    const dark = await raster([red.map(value => (value === 10 ? 0 : value)), nir]);
    const [[full]] = (await measureZones(source([dark], { bands }), [zone], { indices: ['ndvi'] })) as [[ZoneMeasure]];
    expect(full.mean).toBeCloseTo(1, 12);
    // "No such value" takes the rule away: SAVI of the empty column is 0 then.
    const [[, bare]] = (await measureZones(source([file], { bands, noData: null }), [zone], {
      indices: ['ndvi', 'savi'],
    })) as [[ZoneMeasure, ZoneMeasure]];
    expect(bare.validFraction).toBeCloseTo(1, 4);
  });

  it('apply scale and offset before the index', async () => {
    const file = await raster([red, nir]);
    const zone = target(rectangle(20, 0, 30, 40));
    const [[plain]] = (await measureZones(source([file], { bands, scale: 0.01, offset: 0 }), [zone], {
      indices: ['ndvi'],
    })) as [[ZoneMeasure]];
    const [[shifted]] = (await measureZones(source([file], { bands, scale: 0.01, offset: -0.1 }), [zone], {
      indices: ['ndvi'],
    })) as [[ZoneMeasure]];
    expect(plain.mean).toBeCloseTo(0.4, 9);
    expect(shifted.mean).toBeCloseTo((0.6 - 0.2) / (0.6 + 0.2), 9);
  });

  it('keep or take out classes, and say why there is no number', async () => {
    const classes = Array.from({ length: 24 }, (_, at) => (at % 6 < 3 ? 4 : 9));
    const file = await raster([red, nir, classes]);
    const masked = { bands, mask: { file: 'a.tif', band: 3 } };
    const zones = [rectangle(0, 0, 60, 40), rectangle(30.5, 1, 49.5, 39), rectangle(600, 0, 700, 40)].map(target);
    for (const rule of [{ keepClasses: [4, 5] }, { maskClasses: [3, 9] }]) {
      const measures = await measureZones(source([file], { ...masked, ...rule }), zones, { indices: ['ndvi'] });
      const [left, right, away] = measures.map(([one]) => one as ZoneMeasure);
      expect(left?.mean).toBeCloseTo(0.2, 6);
      expect(left?.validFraction).toBeCloseTo(0.5, 4);
      expect(right).toMatchObject({ status: 'no-valid-pixels', mean: null, validFraction: 0 });
      expect(away).toMatchObject({ status: 'outside', mean: null });
    }
  });
});

describe('many zones on many blocks', () => {
  it('have the numbers that one pass over everything gives', async () => {
    const large: RasterGrid = { ...grid, width: 530, height: 1800, originY: 3_918_000 };
    const at = (from: number, by: number) => (_: unknown, i: number) => from + ((i * by) % 1500);
    const samples = [at(200, 7919), at(900, 104_729)].map(value =>
      Uint16Array.from({ length: large.width * large.height }, value),
    );
    const path = join(folder, 'large.tif');
    const layout = { grid: large, sampleType: 'uint16', tileSize: 512 } as const;
    writeFileSync(path, await writeGeoTiff({ width: 530, height: 1800, bands: samples }, layout, nodeDeflate));
    const project = projectorOfGrid(large);
    const zones = Array.from({ length: 60 }, (_, k): Polygonal => {
      const west = 500_000 + ((k * 977) % 4500);
      const north = 3_918_000 - ((k * 3111) % 17_000);
      const size = 150 + ((k * 131) % 700);
      const ring: Position[] = [
        [west, north],
        [west + size / 3, north - size],
        [west + size, north - size / 2],
        [west, north],
      ];
      return { type: 'Polygon', coordinates: [ring.map(point => project.inverse(point))] };
    });
    const scene = source([{ name: 'a.tif', path }], { bands, scale: 1e-4, noData: null });
    const told: number[] = [];
    const measures = await measureZones(scene, zones.map(target), {
      indices: ['ndvi', 'msavi2'],
      onGroup: group => told.push(...group),
    });
    expect(told.toSorted((a, b) => a - b)).toEqual(zones.map((_, k) => k));
    // Alone a zone is read from its own block rows only.
    for (const [zone, geometry] of zones.entries()) {
      const [[alone]] = (await measureZones(scene, [target(geometry)], { indices: ['ndvi'] })) as [[ZoneMeasure]];
      expect(alone.nEff).toBeCloseTo(measures[zone]?.[0]?.nEff ?? Number.NaN, 8);
    }
    const opened = await openScene(scene);
    const { file } = opened.raster('a.tif');
    const plain = { scale: 1e-4, offset: 0 };
    for (const [place, expression] of (['ndvi', 'msavi2'] as const).entries()) {
      const expected = await computeZonal({
        bands: { red: { file, band: 1, ...plain }, nir: { file, band: 2, ...plain } },
        expression,
        zones: zones.map((geometry, id) => ({ id, geometry })),
        stats: ['mean', 'median', 'stdev'],
      });
      for (const [zone, result] of expected.entries()) {
        const measure = measures[zone]?.[place];
        if (result.status !== 'ok') throw new Error('every zone lies on the raster');
        expect(measure?.mean).toBeCloseTo(result.values['mean'] as number, 12);
        expect(measure?.median).toBeCloseTo(result.values['median'] as number, 12);
        expect(measure?.stdev).toBeCloseTo(result.values['stdev'] as number, 10);
        expect(measure?.nEff).toBeCloseTo(result.nEff, 8);
      }
    }
    await opened.close();
  });
});

const imagery = findSharedData('imagery');
describe.skipIf(imagery === undefined)('real scenes', () => {
  const at = (path: string): string => join(imagery ?? '', path);
  const read = <T>(path: string): T => JSON.parse(readFileSync(at(path), 'utf8')) as T;
  const ndviOf = async (scene: SceneSource, geometry: Polygonal): Promise<ZoneMeasure> =>
    ((await measureZones(scene, [target(geometry)], { indices: ['ndvi'] }))[0] as [ZoneMeasure])[0];

  it.each([
    ['2023-01-10', 0.260558, 0.244852],
    ['2023-01-30', 0.146914, 0.032447],
  ])('Korba %s', async (date, mean, vegetatedShare) => {
    const { features } = read<{ features: { geometry: Polygonal }[] }>('korba_s2_mine_2dates/aoi.geojson');
    const geometry = features[0]?.geometry as Polygonal;
    const names = [`S2L2A_${date}_B04.tiff`, `S2L2A_${date}_B08.tiff`] as const;
    const scene = source(
      names.map(name => ({ name, path: at(`korba_s2_mine_2dates/${name}`) })),
      { bands: { red: { file: names[0], band: 1 }, nir: { file: names[1], band: 1 } }, scale: 1 / 65535 },
    );
    const measure = await ndviOf(scene, geometry);
    expect(measure.mean).toBeCloseTo(mean, 6);
    expect((measure.vegetatedAreaM2 ?? 0) / polygonAreaM2(geometry)).toBeCloseTo(vegetatedShare, 3);
    expect(measure).toMatchObject({ status: 'ok' });
  });

  it.each([
    ['2019-01-27', 0.282928, 'ok', 1],
    ['2019-02-06', 0.269164, 'low-coverage', 0.0896],
    ['2019-05-02', 0.779457, 'ok', 1],
    ['2019-08-15', 0.14755, 'ok', 1],
    ['2019-12-28', 0.437801, 'ok', 1],
  ])('FuseTS %s', async (date, mean, status, validFraction) => {
    const field = read<Polygonal>('fusets_s2_field_spain/field.geojson');
    const name = `S2L2A_${date}_B04_B08_SCL.tif`;
    const scene = source([{ name, path: at(`fusets_s2_field_spain/geotiff/${name}`) }], {
      bands: { red: { file: name, band: 1 }, nir: { file: name, band: 2 } },
    });
    const measure = await ndviOf(scene, { type: 'Polygon', coordinates: field.coordinates as never });
    expect(measure.status).toBe(status);
    expect(measure.mean).toBeCloseTo(mean, 5);
    // One in a hundred cells of the field lies beyond the raster.
    expect(Math.abs(measure.validFraction - validFraction)).toBeLessThan(0.011);
  });

  it.each([
    ['20170703', 0.300424],
    ['20190723', 0.400822],
  ])('sen2r dam %s', async (day, mean) => {
    const { features } = read<{ features: { geometry: { coordinates: Position[][] } }[] }>(
      'sen2r_barbellino_s2_l2a/dam.geojson',
    );
    const utm32 = projectorOfGrid({ ...grid, crs: 'EPSG:32632' });
    const coordinates = (features[0]?.geometry.coordinates ?? []).map(ring => ring.map(point => utm32.inverse(point)));
    const name = `S2A2A_${day}_022_Barbellino_BOA_10.tif`;
    const scene = source([{ name, path: at(`sen2r_barbellino_s2_l2a/${name}`) }], {
      bands: { red: { file: name, band: 4 }, nir: { file: name, band: 8 } },
      scale: 1e-4,
    });
    expect((await ndviOf(scene, { type: 'Polygon', coordinates })).mean).toBeCloseTo(mean, 6);
  });

  it('masks the 10 m bands of sen2r by the coordinates of the 20 m classes', async () => {
    const name = 'S2A2A_20170703_022_Barbellino_BOA_10.tif';
    const classes = 'S2A2A_20170703_022_Barbellino_SCL_10.tif';
    const scene = source(
      [name, classes].map(file => ({ name: file, path: at(`sen2r_barbellino_s2_l2a/${file}`) })),
      {
        bands: { red: { file: name, band: 4 }, nir: { file: name, band: 8 } },
        mask: { file: classes, band: 1 },
        keepClasses: [4, 5],
      },
    );
    const utm32 = projectorOfGrid({ ...grid, crs: 'EPSG:32632' });
    const whole: Position[] = [
      [580_560, 5_101_700],
      [580_800, 5_101_700],
      [580_800, 5_102_120],
      [580_560, 5_102_120],
      [580_560, 5_101_700],
    ];
    const measure = await ndviOf(scene, { type: 'Polygon', coordinates: [whole.map(point => utm32.inverse(point))] });
    // 456 of the 1,008 pixels are vegetation or bare soil; their mean is 0.582796.
    expect(measure.mean).toBeCloseTo(0.582796, 4);
    expect(measure.validFraction).toBeCloseTo(456 / 1008, 3);
  });
});
