import { GisError } from '../../errors.ts';

const broken = (): GisError => new GisError('raster-unreadable', { reason: 'lerc' });

/** What a block holds. */
export interface BlockShape {
  readonly width: number;
  readonly rows: number;
  readonly samplesPerCell: number;
}

const MAGIC = 'Lerc2 ';

/**
 * Holds what the headers of Lerc2 blobs claim against the block that they fill (Esri's specification of Lerc 2.6): the decoder allocates what
 * they claim. Throws `raster-unreadable`.
 */
export function assertLercShape(bytes: Uint8Array, { width, rows, samplesPerCell }: BlockShape): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  for (let blob = 0; at + 62 <= bytes.length; blob += 1) {
    const magic = String.fromCharCode(...bytes.subarray(at, at + MAGIC.length));
    if (magic !== MAGIC) {
      // What follows the last blob is padding.
      if (blob > 0) return;
      throw broken();
    }
    const version = view.getInt32(at + 6, true);
    const sizesAt = at + (version >= 3 ? 14 : 10);
    const perCell = version >= 4 ? view.getInt32(sizesAt + 8, true) : 1;
    const restAt = sizesAt + (version >= 4 ? 12 : 8);
    const blobBytes = view.getInt32(restAt + 8, true);
    const fits =
      version >= 2 &&
      version <= 6 &&
      view.getInt32(sizesAt, true) === rows &&
      view.getInt32(sizesAt + 4, true) === width &&
      perCell >= 1 &&
      perCell <= samplesPerCell &&
      blobBytes > 0 &&
      at + blobBytes <= bytes.length &&
      blob < samplesPerCell;
    if (!fits) throw broken();
    at += blobBytes;
  }
  if (at === 0) throw broken();
}
