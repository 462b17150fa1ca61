import { constants, deflateSync, inflateSync } from 'node:zlib';
import type { RasterCodecs } from '../../../gis/raster/raster-file.ts';
import { createInflateBlocks } from '../../../gis/raster/tiff/inflate/inflate-blocks.ts';
import { findEpsgDefinition } from './epsg-definitions.ts';

/**
 * Node's own zlib, five times as fast as the library's inflate. One chunk that holds the whole block (and a little more, so that
 * zlib sees the end without asking for a second one) saves the copy that the default 16 kB chunks need.
 */
const inflate = (compressed: Uint8Array, expectedBytes: number): Uint8Array =>
  inflateSync(compressed, {
    chunkSize: Math.max(64, expectedBytes + 64),
    maxOutputLength: expectedBytes + 64,
    // A stream cut short on purpose answers what it has instead of failing; the reader checks the length.
    finishFlush: constants.Z_SYNC_FLUSH,
  });

export const nodeCodecs: RasterCodecs = {
  inflate,
  inflateBlocks: createInflateBlocks(inflate),
  definitionOf: findEpsgDefinition,
};

/** For the GeoTIFF writer: level 6 like every other writer's default. */
export const nodeDeflate = (bytes: Uint8Array): Uint8Array => deflateSync(bytes, { level: 6 });
