// Broken files of every kind get an answer: figures that are numbers, or a code. Never a crash, never a hang, never NaN.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodeCodecs, nodeDeflate } from '../../server/platform/raster/node-codecs.ts';
import { randomOf } from '../../test/helpers/blobs.ts';
import { hasGdal, memorySource, VARIANT_GRID, writeVariant } from '../../test/helpers/raster.ts';
import type { RasterVariant } from '../../test/helpers/raster.ts';
import { GisError } from '../errors.ts';
import { openGeoTiff } from '../raster/open-geotiff.ts';
import { writeGeoTiff } from '../raster/write-geotiff.ts';
import { computeZonal } from './compute-zonal.ts';
import type { Zone } from './zone-shape.ts';

const isLong = process.env['REGREEN_LONG_TESTS'] === '1';
/** Over all kinds together, or of every kind. */
const MUTATIONS = isLong ? 10_000 : 600;
/** Of the processor, not of the clock: a busy machine says nothing of the reader. */
const MAX_CPU_MS = 5000;
const MAX_BYTES = 300 << 20;

const folder = mkdtempSync(join(tmpdir(), 'regreen-broken-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TILES = ['TILED=YES', 'BLOCKXSIZE=32', 'BLOCKYSIZE=16'];
const VARIANTS: readonly RasterVariant[] = [
  { name: 'strips, plain', sampleType: 'uint16', options: ['COMPRESS=NONE', 'BLOCKYSIZE=7'] },
  { name: 'tiles, plain', sampleType: 'uint16', options: ['COMPRESS=NONE', ...TILES] },
  { name: 'strips, deflate', sampleType: 'uint16', options: ['COMPRESS=DEFLATE', 'PREDICTOR=2', 'BLOCKYSIZE=7'] },
  {
    name: 'tiles, deflate, predictor 3',
    sampleType: 'float32',
    options: ['COMPRESS=DEFLATE', 'PREDICTOR=3', ...TILES],
  },
  { name: 'tiles, LZW', sampleType: 'int16', options: ['COMPRESS=LZW', 'PREDICTOR=2', ...TILES] },
  { name: 'strips, LZW, planar', sampleType: 'float64', options: ['COMPRESS=LZW', 'INTERLEAVE=BAND', 'BLOCKYSIZE=5'] },
  { name: 'big, tiles, deflate', sampleType: 'uint32', options: ['BIGTIFF=YES', 'COMPRESS=DEFLATE', ...TILES] },
  { name: 'big, big-endian strips', sampleType: 'int32', options: ['BIGTIFF=YES', 'ENDIANNESS=BIG', 'COMPRESS=LZW'] },
  { name: 'PackBits', sampleType: 'uint8', options: ['COMPRESS=PACKBITS', ...TILES] },
  { name: 'PackBits strips', sampleType: 'uint8', options: ['COMPRESS=PACKBITS', 'BLOCKYSIZE=6'] },
  { name: 'zstd strips', sampleType: 'int32', options: ['COMPRESS=ZSTD', 'BLOCKYSIZE=11', 'BIGTIFF=YES'] },
  { name: 'zstd', sampleType: 'uint16', options: ['COMPRESS=ZSTD', 'PREDICTOR=2', ...TILES] },
  { name: 'LERC', sampleType: 'float32', options: ['COMPRESS=LERC', ...TILES] },
  { name: 'LERC and zstd', sampleType: 'uint16', options: ['COMPRESS=LERC_ZSTD', 'BLOCKYSIZE=9'] },
  { name: 'LERC and deflate', sampleType: 'float64', options: ['COMPRESS=LERC_DEFLATE', 'BIGTIFF=YES', ...TILES] },
  { name: 'grey JPEG', sampleType: 'uint8', options: ['COMPRESS=JPEG', ...TILES] },
  { name: 'grey JPEG strips', sampleType: 'uint8', options: ['COMPRESS=JPEG', 'BLOCKYSIZE=16'] },
  { name: 'colour JPEG', sampleType: 'uint8', options: ['COMPRESS=JPEG', 'PHOTOMETRIC=YCBCR', ...TILES] },
  { name: 'colour JPEG as RGB', sampleType: 'uint8', options: ['COMPRESS=JPEG', 'BLOCKYSIZE=16'] },
];

async function validFiles(): Promise<{ name: string; bytes: Uint8Array }[]> {
  const { width, height } = VARIANT_GRID;
  const bands = [0, 1].map(b => new Uint16Array(width * height).map((_, i) => i * 7 + b));
  const overview = { width: 42, height: 31, bands: bands.map(band => band.slice(0, 42 * 31)) };
  const layout = { grid: VARIANT_GRID, sampleType: 'uint16' as const, tileSize: 16, noData: 0 };
  const own = await writeGeoTiff({ width, height, bands }, layout, nodeDeflate, [overview]);
  const big = await writeGeoTiff({ width, height, bands }, { ...layout, bigTiff: true }, nodeDeflate, [overview]);
  const files = [
    { name: 'our own, with an overview', bytes: own },
    { name: 'our own BigTIFF', bytes: big },
  ];
  if (!hasGdal) return files;
  for (const variant of VARIANTS) {
    const bandCount = variant.name.startsWith('grey') ? 1 : variant.name.startsWith('colour') ? 3 : 2;
    files.push({ name: variant.name, bytes: await writeVariant(folder, variant, bandCount) });
  }
  return files;
}

const zone = (crs: string, box: readonly [number, number, number, number]): Zone => {
  const [w, s, e, n] = box;
  return {
    id: crs,
    crs,
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [w, s],
          [e, s],
          [e, n],
          [w, n],
          [w, s],
        ],
      ],
    },
  };
};
const zones: Zone[] = [
  zone('EPSG:32647', [499_000, 3_999_600, 500_800, 4_000_100]),
  zone('EPSG:4326', [98.99, 36.13, 99.01, 36.15]),
];
const stats = ['mean', 'stdev', 'sum', 'count', 'min', 'max', 'median', 'valid_fraction', 'area', 'n_eff'];

/** Opens a file and measures it; the answer is the code of the refusal, or `ok`. Anything but a GisError fails the test. */
async function answerOf(bytes: Uint8Array, placed: boolean): Promise<string> {
  try {
    // A place of our own, so that files whose place is broken are read as far as their cells.
    const file = await openGeoTiff(memorySource(bytes), nodeCodecs, {
      limits: { maxCells: 1 << 24 },
      ...(placed && { grid: VARIANT_GRID }),
    });
    const bands = { red: { file, band: 1 }, nir: { file, band: file.bands.length } };
    for (const expression of ['ndvi', 'evi2'] as const) {
      for (const result of await computeZonal({ bands, expression, zones, stats })) {
        if (result.status !== 'ok') continue;
        const numbers = [...Object.values(result.values), result.validFraction, result.nEff, result.onRasterFraction];
        if (!numbers.every(Number.isFinite)) throw new Error(`not a number: ${JSON.stringify(result)}`);
      }
    }
    return 'ok';
  } catch (error) {
    if (error instanceof GisError) return error.code;
    throw error;
  }
}

/** A few bytes changed, most of them where directories lie (head and tail); one file in twenty is cut short as well. */
function breakFile(valid: Uint8Array, random: () => number): Uint8Array {
  const bytes = valid.slice(0, random() < 0.05 ? Math.floor(random() * valid.length) : valid.length);
  const changes = 1 + Math.floor(random() ** 3 * 8);
  for (let i = 0; i < changes; i += 1) {
    const where = random();
    const spread = Math.floor(random() * 700);
    const at = where < 0.25 ? bytes.length - 1 - spread : where < 0.5 ? spread : Math.floor(random() * bytes.length);
    if (at >= 0 && at < bytes.length) bytes[at] = random() < 0.3 ? 255 : Math.floor(random() * 256);
  }
  return bytes;
}

describe('mutations of valid files', () => {
  let files: { name: string; bytes: Uint8Array }[] = [];
  beforeAll(async () => {
    files = await validFiles();
  }, 60_000);

  it('whole, they are measured', async () => {
    for (const { name, bytes } of files) expect([name, await answerOf(bytes, false)]).toEqual([name, 'ok']);
  }, 60_000);

  it(`${MUTATIONS} of them${isLong ? ' of every kind' : ''}, broken, get an answer each within ${MAX_CPU_MS} ms of work and 300 MB`, async () => {
    const random = randomOf(20_240_601);
    const answers = new Map<string, number>();
    let slowest = { cpuMs: 0, name: '', round: 0 };
    let most = 0;
    let before = 0;
    const rounds = isLong ? MUTATIONS * files.length : MUTATIONS;
    for (let round = 0; round < rounds; round += 1) {
      // What one file takes is asked, not what the run leaves behind in hours.
      if (round % 1000 === 0) before = process.memoryUsage().rss;
      // Node lets go of a failed inflate on its next turn, which files in memory would never give it.
      if (round % 10 === 0) await new Promise(setImmediate);
      const { name, bytes } = files[round % files.length] as { name: string; bytes: Uint8Array };
      const broken = breakFile(bytes, random);
      const cpuBefore = process.cpuUsage();
      let answer: string;
      try {
        answer = await answerOf(broken, random() < 0.5);
      } catch (error) {
        throw new Error(`round ${round}, ${name}`, { cause: error });
      }
      const { user, system } = process.cpuUsage(cpuBefore);
      const cpuMs = (user + system) / 1000;
      if (cpuMs > slowest.cpuMs) slowest = { cpuMs, name, round };
      most = Math.max(most, process.memoryUsage().rss - before);
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
    }
    process.stderr.write(
      `${rounds} broken rasters: slowest ${slowest.cpuMs.toFixed(0)} ms (${slowest.name}, round ${slowest.round}), ` +
        `memory +${(most / 2 ** 20).toFixed(0)} MB, ${JSON.stringify(Object.fromEntries(answers))}\n`,
    );
    expect(slowest.cpuMs).toBeLessThan(MAX_CPU_MS);
    expect(most).toBeLessThan(MAX_BYTES);
    expect(answers.get('ok')).toBeGreaterThan(rounds / 10);
    expect(answers.size).toBeGreaterThan(3);
    expect(
      [...answers.keys()].filter(
        code => !/^(ok|raster-[a-z-]+|crs-[a-z-]+|zonal-[a-z-]+|position-outside-crs)$/.test(code),
      ),
    ).toEqual([]);
  }, 3_600_000);
});
