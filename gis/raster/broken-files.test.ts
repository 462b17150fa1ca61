import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeCodecs } from '../../server/platform/raster/node-codecs.ts';
import { memorySource } from '../../test/helpers/raster.ts';
import { findSharedData } from '../../test/helpers/shared-data.ts';
import { GisError } from '../errors.ts';
import { openGeoTiff } from './open-geotiff.ts';
import type { RasterGrid } from './raster-file.ts';

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
    expect(await answerOf(readFileSync(join(fuzzed as string, path)))).toMatch(/^(ok|raster-[a-z-]+)$/);
    expect(process.memoryUsage().rss - before).toBeLessThan(300 << 20);
  });

  it('there are all of them', () => expect(paths.length).toBeGreaterThanOrEqual(129));
});
