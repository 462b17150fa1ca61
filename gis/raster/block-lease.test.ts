import { expect, it } from 'vitest';
import { nodeCodecs, nodeDeflate } from '../../server/platform/raster/node-codecs.ts';
import { randomOf } from '../../test/helpers/blobs.ts';
import { memorySource, SMALL_GRID } from '../../test/helpers/raster.ts';
import { createBlockCache } from './block-cache.ts';
import { BlockLease } from './block-lease.ts';
import { makeReady } from '../zonal/block-inputs.ts';
import { openGeoTiff } from './open-geotiff.ts';
import type { RasterCodecs } from './raster-file.ts';
import { createInflateBlocks } from './tiff/inflate/inflate-blocks.ts';
import { writeGeoTiff } from './write-geotiff.ts';

const grid = { ...SMALL_GRID, width: 192, height: 64 };
const random = randomOf(1);
// Three tiles of noise: nothing that would be left to another inflate.
const bands = [0, 1].map(() => Uint16Array.from({ length: grid.width * grid.height }, () => random() * 65536));
const bytes = await writeGeoTiff({ ...grid, bands }, { grid, sampleType: 'uint16', tileSize: 64 }, nodeDeflate);

/** The image, and how many blocks were inflated at a time. */
async function openImage(cacheBytes = 0) {
  const log: number[] = [];
  const inflateBlocks = createInflateBlocks(nodeCodecs.inflate as NonNullable<RasterCodecs['inflate']>);
  const codecs: RasterCodecs = {
    ...nodeCodecs,
    inflateBlocks: blocks => {
      log.push(blocks.length);
      return inflateBlocks(blocks);
    },
  };
  const { image } = await openGeoTiff(memorySource(bytes), codecs, { cache: createBlockCache(cacheBytes) });
  return { image, log };
}

const cellsOfTile = (tile: number, band: number): number[] =>
  Array.from({ length: 64 * 64 }, (_, i) => bands[band]?.[(i >> 6) * grid.width + tile * 64 + (i & 63)] as number);

it('lends what is read under it, two blocks decoded at once and each of them once for both bands', async () => {
  const { image, log } = await openImage();
  const lease = new BlockLease();
  const blocks = await Promise.all(
    [0, 1].flatMap(tile => [1, 2].map(band => image.readBlock(tile, 0, band, { lease, isPending: true }))),
  );
  expect(log).toEqual([2]);
  // Rows are made good where they lie, each when it is wanted first.
  for (const { pending } of blocks) {
    for (let row = 0; row < 64; row += 1) makeReady(pending, row, 64);
    expect(new Set(pending?.ready)).toEqual(new Set([64]));
  }
  expect(blocks.map(({ values, start }) => Array.from(values).filter((_, i) => i % 2 === start))).toEqual(
    [0, 1].flatMap(tile => [0, 1].map(band => cellsOfTile(tile, band))),
  );
  const [first] = blocks;
  expect(new Set(blocks.map(({ values }) => values.buffer)).size).toBe(1);
  lease.end();
  // The next one comes to lie where the first one was.
  const next = new BlockLease();
  const third = await image.readBlock(2, 0, 1, { lease: next });
  expect(third.values.buffer).toBe(first?.values.buffer);
  expect(third.values.byteOffset).toBe(first?.values.byteOffset);
  next.end();
});

it('gives back at once what comes after its end', async () => {
  const { image } = await openImage();
  const late = new BlockLease();
  const coming = image.readBlock(0, 0, 1, { lease: late });
  late.end();
  const { values } = await coming;
  const lease = new BlockLease();
  const other = await image.readBlock(1, 0, 1, { lease });
  expect(other.values.byteOffset).toBe(values.byteOffset);
  lease.end();
});

it.each([
  ['without one', 0, undefined],
  ['for a cache that keeps it', 1 << 20, new BlockLease()],
])('leaves a block that is read %s to its reader for ever', async (_, cacheBytes, lease) => {
  const { image } = await openImage(cacheBytes);
  const read = await image.readBlock(0, 0, 2, { lease });
  lease?.end();
  await Promise.all([1, 2].map(tile => image.readBlock(tile, 0, 1)));
  expect(Array.from(read.values).filter((_, i) => i % 2 === 1)).toEqual(cellsOfTile(0, 1));
});
