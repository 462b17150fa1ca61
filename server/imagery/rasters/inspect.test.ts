import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createSamples, type RasterGrid, type SampleType } from '../../../gis/raster/raster-file.ts';
import { writeGeoTiff } from '../../../gis/raster/write-geotiff.ts';
import { nodeDeflate } from '../../platform/raster/node-codecs.ts';
import { inspectScene } from './inspect.ts';
import { openScene, type SceneSource } from './open-scene.ts';

const folder = mkdtempSync(join(tmpdir(), 'regreen-inspect-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const grid: RasterGrid = {
  width: 40,
  height: 30,
  originX: 400_000,
  originY: 3_900_000,
  cellWidth: 10,
  cellHeight: 10,
  crs: 'EPSG:32650',
};

let files = 0;
interface FileOptions {
  readonly grid?: Partial<RasterGrid>;
  readonly bands?: number;
  readonly type?: Exclude<SampleType, 'float16'>;
  readonly noData?: number;
}
async function tiff(options: FileOptions = {}): Promise<string> {
  const own = { ...grid, ...options.grid };
  const type = options.type ?? 'uint16';
  const bands = Array.from({ length: options.bands ?? 2 }, (_, band) =>
    createSamples(type, own.width * own.height).fill(100 * (band + 1)),
  );
  const path = join(folder, `${files++}.tif`);
  const layout = { grid: own, sampleType: type, noData: options.noData, tileSize: 16 };
  writeFileSync(path, await writeGeoTiff({ width: own.width, height: own.height, bands }, layout, nodeDeflate));
  return path;
}

const source = (paths: Record<string, string>, rest: Partial<SceneSource> = {}): SceneSource => ({
  files: Object.entries(paths).map(([name, path]) => ({ name, path })),
  bands: { red: { file: 'a.tif', band: 1 }, nir: { file: 'a.tif', band: 2 } },
  mask: null,
  maskClasses: [],
  keepClasses: [],
  scale: 1,
  offset: 0,
  noData: undefined,
  ...rest,
});

const refusal = async (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => 'none',
    (error: unknown) => (error as { code: string }).code,
  );

describe('reading the headers of a scene', () => {
  it('gives size, system, ground and cell size', async () => {
    const inspected = await inspectScene(source({ 'a.tif': await tiff() }));
    expect(inspected).toMatchObject({ widthPx: 40, heightPx: 30, crs: 'EPSG:32650' });
    expect(inspected.cellSizeM).toBeCloseTo(10, 1);
    const ring = inspected.footprint.coordinates[0] ?? [];
    expect(ring[0]).toEqual(ring.at(-1));
    // 400,000 m east of zone 50's false easting lies 100 km west of 117 E.
    expect(ring[0]?.[0]).toBeCloseTo(115.89, 1);
    expect(ring[0]?.[1]).toBeCloseTo(35.24, 1);
    expect(inspected.files[0]).toMatchObject({ name: 'a.tif', bandCount: 2, sampleType: 'uint16' });
  });

  it('refuses a band that is not there', async () => {
    const path = await tiff({ bands: 1 });
    expect(await refusal(inspectScene(source({ 'a.tif': path })))).toBe('raster-band-missing');
  });

  it('refuses a file that breaks off, wherever it breaks off', async () => {
    const whole = readFileSync(await tiff());
    for (const share of [0.1, 0.5, 0.9, 0.999]) {
      const path = await tiff();
      truncateSync(path, Math.floor(whole.length * share));
      expect(await refusal(inspectScene(source({ 'a.tif': path }))), `${share}`).toMatch(
        /raster-(truncated|unreadable)/,
      );
    }
  });

  it('refuses text that calls itself a TIFF', async () => {
    const path = join(folder, 'text.tif');
    writeFileSync(path, 'not a picture at all');
    expect(await refusal(inspectScene(source({ 'a.tif': path })))).toBe('raster-not-tiff');
  });

  it('refuses a file that vanished', async () => {
    expect(await refusal(inspectScene(source({ 'a.tif': join(folder, 'gone.tif') })))).toBe('raster-lost');
  });

  it('refuses a grid outside the world', async () => {
    const path = await tiff({
      grid: { crs: 'EPSG:4326', originX: 179.9, originY: 40, cellWidth: 0.01, cellHeight: 0.01 },
    });
    expect(await refusal(inspectScene(source({ 'a.tif': path })))).toBe('raster-outside-world');
  });

  it('takes a mask on a coarser grid of its own and refuses one that does not cover the bands', async () => {
    const mask = { file: 'm.tif', band: 1 };
    const coarse = await tiff({
      grid: { width: 20, height: 15, cellWidth: 20, cellHeight: 20 },
      bands: 1,
      type: 'uint8',
    });
    const small = await tiff({
      grid: { width: 10, height: 15, cellWidth: 20, cellHeight: 20 },
      bands: 1,
      type: 'uint8',
    });
    const path = await tiff();
    expect(await refusal(inspectScene(source({ 'a.tif': path, 'm.tif': coarse }, { mask })))).toBe('none');
    expect(await refusal(inspectScene(source({ 'a.tif': path, 'm.tif': small }, { mask })))).toBe(
      'mask-extent-mismatch',
    );
  });
});

describe('no data', () => {
  const ruleOf = async (file: FileOptions, noData: SceneSource['noData']): Promise<[number | undefined, boolean]> => {
    const scene = await openScene(source({ 'a.tif': await tiff(file) }, { noData }));
    const raster = scene.raster('a.tif');
    await scene.close();
    return [raster.noData, raster.zeroIsNoData];
  };

  it('is what the scene says, else what the file says, else 0 in all bands', async () => {
    expect(await ruleOf({ noData: 65535 }, undefined)).toEqual([65535, false]);
    expect(await ruleOf({ noData: 65535 }, 0)).toEqual([0, false]);
    expect(await ruleOf({ noData: 65535 }, null)).toEqual([undefined, false]);
    expect(await ruleOf({}, undefined)).toEqual([undefined, true]);
    expect(await ruleOf({}, null)).toEqual([undefined, false]);
    expect(await ruleOf({ type: 'float32', noData: Number.NaN }, undefined)).toEqual([Number.NaN, false]);
    expect(await ruleOf({ type: 'float32' }, 'nan')).toEqual([Number.NaN, false]);
    expect(await ruleOf({ type: 'uint16' }, -9999)).toEqual([undefined, false]);
  });
});
