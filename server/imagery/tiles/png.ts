// A PNG writer of two kinds of picture, both 8 bits deep: palette with transparency (index tiles) and RGBA (true colour).
// No filtering: a palette picture compresses best without, and level 1 deflate is what a tile server can afford.
import { crc32 } from 'node:zlib';

/** Deflates one zlib stream; injected so that a caller decides between the thread pool and the calling thread. */
export type Deflate = (bytes: Uint8Array) => Promise<Uint8Array>;

/** 256 colours as RGBA quadruples, 1,024 bytes. */
export type Palette = Uint8Array;

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const COLOUR_PALETTE = 3;
const COLOUR_RGBA = 6;

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, data.length);
  for (let at = 0; at < 4; at++) bytes[4 + at] = type.charCodeAt(at);
  bytes.set(data, 8);
  view.setUint32(8 + data.length, crc32(bytes.subarray(4, 8 + data.length)));
  return bytes;
}

function header(widthPx: number, heightPx: number, colourType: number): Uint8Array {
  const data = new Uint8Array(13);
  const view = new DataView(data.buffer);
  view.setUint32(0, widthPx);
  view.setUint32(4, heightPx);
  data[8] = 8;
  data[9] = colourType;
  return chunk('IHDR', data);
}

/** Puts the filter byte 0 ("none") in front of every row. */
function unfiltered(pixels: Uint8Array, bytesPerRow: number, rows: number): Uint8Array {
  const out = new Uint8Array((bytesPerRow + 1) * rows);
  for (let row = 0; row < rows; row++) {
    out.set(pixels.subarray(row * bytesPerRow, (row + 1) * bytesPerRow), row * (bytesPerRow + 1) + 1);
  }
  return out;
}

function assemble(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** One byte a pixel, row by row from the top; every byte is a place in the palette. */
export async function encodeIndexedPng(
  pixels: Uint8Array,
  widthPx: number,
  heightPx: number,
  palette: Palette,
  deflate: Deflate,
): Promise<Uint8Array> {
  const colours = new Uint8Array(256 * 3);
  const alpha = new Uint8Array(256);
  for (let entry = 0; entry < 256; entry++) {
    colours.set(palette.subarray(entry * 4, entry * 4 + 3), entry * 3);
    alpha[entry] = palette[entry * 4 + 3] ?? 255;
  }
  return assemble([
    SIGNATURE,
    header(widthPx, heightPx, COLOUR_PALETTE),
    chunk('PLTE', colours),
    chunk('tRNS', alpha),
    chunk('IDAT', await deflate(unfiltered(pixels, widthPx, heightPx))),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

/** Four bytes a pixel (red, green, blue, opacity), row by row from the top. */
export async function encodeRgbaPng(
  pixels: Uint8Array,
  widthPx: number,
  heightPx: number,
  deflate: Deflate,
): Promise<Uint8Array> {
  return assemble([
    SIGNATURE,
    header(widthPx, heightPx, COLOUR_RGBA),
    chunk('IDAT', await deflate(unfiltered(pixels, widthPx * 4, heightPx))),
    chunk('IEND', new Uint8Array(0)),
  ]);
}
