import { GisError } from '../../../errors.ts';
import type { BlockShape } from '../lerc-blob.ts';

const broken = (): GisError => new GisError('raster-unreadable', { reason: 'jpeg' });

/** How finely the components of a frame lie, relative to each other: 2 beside 1 is twice as fine. */
export interface JpegSampling {
  readonly across: readonly number[];
  readonly down: readonly number[];
}

/**
 * Holds the frame header of a JPEG stream (ITU T.81, B.2.2) against the block that it fills: the decoder allocates what it claims. Exactly
 * one frame, of eight bits; answers how its components are sampled. Throws `raster-unreadable`.
 */
export function readJpegFrame(bytes: Uint8Array, { width, rows, samplesPerCell }: BlockShape): JpegSampling {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let sampling: JpegSampling | undefined;
  for (let at = 2; at + 4 <= bytes.length;) {
    if (view.getUint8(at) !== 0xff) throw broken();
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    // Start of scan: what follows is entropy-coded.
    if (marker === 0xda || marker === 0xd9) break;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) {
      const fits =
        sampling === undefined &&
        at + 10 + 3 * samplesPerCell <= bytes.length &&
        view.getUint8(at + 4) === 8 &&
        view.getUint16(at + 5) === rows &&
        view.getUint16(at + 7) === width &&
        view.getUint8(at + 9) === samplesPerCell;
      if (!fits) throw broken();
      const factors = Array.from({ length: samplesPerCell }, (_, i) => view.getUint8(at + 11 + 3 * i));
      sampling = { across: factors.map(factor => factor >> 4), down: factors.map(factor => factor & 15) };
    }
    at += 2 + view.getUint16(at + 2);
  }
  if (sampling === undefined) throw broken();
  return sampling;
}
