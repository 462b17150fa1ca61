import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeCodecs, nodeDeflate } from '../../server/platform/raster/node-codecs.ts';
import { memorySource } from '../../test/helpers/raster.ts';
import { findSharedData } from '../../test/helpers/shared-data.ts';
import { GisError } from '../errors.ts';
import { openGeoTiff } from './open-geotiff.ts';
import type { RasterGrid } from './raster-file.ts';
import { writeGeoTiff } from './write-geotiff.ts';

const grid: RasterGrid = {
  width: 64,
  height: 48,
  originX: 500_000,
  originY: 4_000_000,
  cellWidth: 10,
  cellHeight: 10,
  crs: 'EPSG:32647',
};
const MAX_BLOCKS_TRIED = 200;

/** Opens and reads a file to the end (of what a test may cost); the answer is the code of the refusal, or `ok`. Anything but a GisError fails the test. */
async function answerOf(bytes: Uint8Array): Promise<string> {
  try {
    // A place of our own, so that files without one are read as far as their cells.
    const file = await openGeoTiff(memorySource(bytes), nodeCodecs, { grid });
    const { image } = file;
    let tried = 0;
    for (let row = 0; row < image.blocksDown; row += 1) {
      for (let col = 0; col < image.blocksAcross; col += 1) {
        if ((tried += 1) > MAX_BLOCKS_TRIED) return 'ok';
        await image.readBlock(col, row, file.bands.length);
      }
    }
    return 'ok';
  } catch (error) {
    if (error instanceof GisError) return error.code;
    throw error;
  }
}

const fuzzed = findSharedData('rasters_malformed/image-tiff_fuzz');

describe.skipIf(fuzzed === undefined)('fuzzed TIFFs from elsewhere (skipped without the shared data)', () => {
  const paths = readdirSync(fuzzed ?? '.', { recursive: true, encoding: 'utf8' }).filter(path =>
    /id_|\.tiff?$/.test(path),
  );

  it.each(paths)('%s gets an answer', async path => {
    const before = process.memoryUsage().rss;
    const startedAt = performance.now();
    expect(await answerOf(readFileSync(join(fuzzed as string, path)))).toMatch(/^(ok|raster-[a-z-]+)$/);
    expect(performance.now() - startedAt).toBeLessThan(5000);
    expect(process.memoryUsage().rss - before).toBeLessThan(300 << 20);
  });

  it('there are all of them', () => expect(paths.length).toBeGreaterThanOrEqual(129));
});

/** Mulberry32: small, seeded, so that a failure can be had again. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

describe('our own mutations of valid files', () => {
  const MUTATIONS = 10_000;

  it(`${MUTATIONS} broken files get an answer each, none of them slowly`, { timeout: 120_000 }, async () => {
    const pixels = { width: 64, height: 48, bands: [0, 1].map(b => new Uint16Array(64 * 48).map((_, i) => i * 7 + b)) };
    const valid = await writeGeoTiff(pixels, { grid, sampleType: 'uint16', tileSize: 16, noData: 0 }, nodeDeflate, [
      { width: 32, height: 24, bands: pixels.bands.map(band => band.slice(0, 32 * 24)) },
    ]);
    const random = createRandom(20_240_601);
    let slowestMs = 0;
    const answers = new Map<string, number>();
    for (let round = 0; round < MUTATIONS; round += 1) {
      const bytes = valid.slice(0, random() < 0.1 ? Math.floor(random() * valid.length) : valid.length);
      const count = 1 + Math.floor(random() * 8);
      for (let i = 0; i < count; i += 1) {
        // The directories lie at the end: most changes go there, where they do the most harm.
        const at =
          random() < 0.7 ? bytes.length - 1 - Math.floor(random() * 1200) : Math.floor(random() * bytes.length);
        if (at >= 0 && at < bytes.length) bytes[at] = random() < 0.3 ? 255 : Math.floor(random() * 256);
      }
      const startedAt = performance.now();
      const answer = await answerOf(bytes);
      slowestMs = Math.max(slowestMs, performance.now() - startedAt);
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
    }
    expect(slowestMs).toBeLessThan(5000);
    expect(answers.get('ok')).toBeGreaterThan(100);
    expect(answers.size).toBeGreaterThan(4);
  });
});
