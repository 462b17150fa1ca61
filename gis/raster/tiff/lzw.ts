import { GisError } from '../../errors.ts';

const CLEAR = 256;
const END = 257;
const MAX_CODES = 4096;

/**
 * TIFF 6.0 LZW (section 13), most significant bit first. Own rather than geotiff.js's because that one neither bounds its
 * output nor ends on a corrupt dictionary. Stops after `expectedBytes`; a shorter answer means the stream ended early.
 */
export function decodeLzw(input: Uint8Array, expectedBytes: number): Uint8Array {
  const output = new Uint8Array(expectedBytes);
  const prefix = new Uint16Array(MAX_CODES);
  const suffix = new Uint8Array(MAX_CODES);
  const length = new Uint16Array(MAX_CODES);
  for (let i = 0; i < 256; i += 1) {
    suffix[i] = i;
    length[i] = 1;
  }
  let next = 258;
  let width = 9;
  let bits = 0;
  let bitCount = 0;
  let at = 0;
  let written = 0;
  let previous = -1;
  while (written < expectedBytes) {
    while (bitCount < width && at < input.length) {
      bits = ((bits << 8) | (input[at] as number)) & 0xffffff;
      at += 1;
      bitCount += 8;
    }
    if (bitCount < width) break;
    bitCount -= width;
    const code = (bits >> bitCount) & ((1 << width) - 1);
    if (code === END) break;
    if (code === CLEAR) {
      next = 258;
      width = 9;
      previous = -1;
      continue;
    }
    const isNew = previous >= 0 && code === next;
    if (!isNew && (code >= next || (code > 255 && previous < 0))) {
      throw new GisError('raster-unreadable', { reason: 'lzw' });
    }
    const source = isNew ? previous : code;
    const count = length[source] as number;
    let walk = source;
    for (let i = written + count - 1; i >= written; i -= 1) {
      if (i < expectedBytes) output[i] = suffix[walk] as number;
      if (i > written) walk = prefix[walk] as number;
    }
    const first = suffix[walk] as number;
    written += count;
    if (isNew) {
      if (written < expectedBytes) output[written] = first;
      written += 1;
    }
    if (previous >= 0 && next < MAX_CODES) {
      prefix[next] = previous;
      suffix[next] = first;
      length[next] = (length[previous] as number) + 1;
      next += 1;
    }
    // Codes grow one entry early, as every TIFF writer has done since the first.
    if (next + 1 >= 1 << width && width < 12) width += 1;
    previous = code;
  }
  return output.subarray(0, Math.min(written, expectedBytes));
}
