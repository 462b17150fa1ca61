import { deflate as deflateCallback, inflateSync } from 'node:zlib';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { encodeIndexedPng, encodeRgbaPng } from './png.ts';

const deflateAsync = promisify(deflateCallback);
const deflate = async (bytes: Uint8Array): Promise<Uint8Array> => deflateAsync(bytes);

function chunks(png: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  const found = new Map<string, Uint8Array>();
  for (let at = 8; at < png.length;) {
    const length = view.getUint32(at);
    found.set(String.fromCharCode(...png.subarray(at + 4, at + 8)), png.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  return found;
}

describe('the PNG writer', () => {
  it('writes a palette picture whose rows, colours and opacity can be read back', async () => {
    const palette = new Uint8Array(1024);
    palette.set([10, 20, 30, 0, 40, 50, 60, 255]);
    const parts = chunks(await encodeIndexedPng(Uint8Array.of(0, 1, 1, 0), 2, 2, palette, deflate));
    expect([...parts.keys()]).toEqual(['IHDR', 'PLTE', 'tRNS', 'IDAT', 'IEND']);
    expect([...(parts.get('IHDR') ?? [])]).toEqual([0, 0, 0, 2, 0, 0, 0, 2, 8, 3, 0, 0, 0]);
    expect([...(parts.get('PLTE') ?? new Uint8Array()).subarray(0, 6)]).toEqual([10, 20, 30, 40, 50, 60]);
    expect([...(parts.get('tRNS') ?? new Uint8Array()).subarray(0, 2)]).toEqual([0, 255]);
    expect([...inflateSync(parts.get('IDAT') ?? new Uint8Array())]).toEqual([0, 0, 1, 0, 1, 0]);
  });

  it('writes an RGBA picture', async () => {
    const parts = chunks(await encodeRgbaPng(Uint8Array.of(1, 2, 3, 255, 4, 5, 6, 0), 1, 2, deflate));
    expect(parts.get('IHDR')?.[9]).toBe(6);
    expect([...inflateSync(parts.get('IDAT') ?? new Uint8Array())]).toEqual([0, 1, 2, 3, 255, 0, 4, 5, 6, 0]);
  });

  it('closes with the IEND chunk and the check sum that every PNG has there', async () => {
    const png = await encodeRgbaPng(new Uint8Array(4), 1, 1, deflate);
    expect(Buffer.from(png.subarray(-12)).toString('hex')).toBe('0000000049454e44ae426082');
  });
});
