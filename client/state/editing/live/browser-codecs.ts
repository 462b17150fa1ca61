import { GisError } from '../../../../gis/errors.ts';
import type { RangeSource, RasterCodecs } from '../../../../gis/raster/raster-file.ts';
import { createInflateBlocks } from '../../../../gis/raster/tiff/inflate/inflate-blocks.ts';

/** A chosen or dropped file by range: only what is asked for leaves the disk, and nothing leaves the machine. */
export const fileSource = (file: Blob): RangeSource => ({
  size: file.size,
  async read(offset, length) {
    return new Uint8Array(await file.slice(offset, offset + length).arrayBuffer());
  },
});

export const browserCodecs: RasterCodecs = {
  inflate,
  inflateBlocks: createInflateBlocks(inflate),
};

/** A stream that is cut short answers what it held: the reader checks the length. */
async function inflate(compressed: Uint8Array, expectedBytes: number): Promise<Uint8Array> {
  const stream = new DecompressionStream('deflate');
  const writer = stream.writable.getWriter();
  // Faults of the stream are met where it is read.
  void writer.write(new Uint8Array(compressed)).catch(() => undefined);
  void writer.close().catch(() => undefined);
  const reader = stream.readable.getReader();
  const inflated = new Uint8Array(expectedBytes);
  let filled = 0;
  for (;;) {
    const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
    if (done || value === undefined) return inflated.subarray(0, filled);
    if (filled + value.length > expectedBytes + 64) {
      await reader.cancel().catch(() => undefined);
      throw new GisError('raster-unreadable', { reason: 'block-bomb', expectedBytes });
    }
    inflated.set(value.subarray(0, expectedBytes - filled), filled);
    filled = Math.min(expectedBytes, filled + value.length);
  }
}
