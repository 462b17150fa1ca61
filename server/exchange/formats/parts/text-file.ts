import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import iconv from 'iconv-lite';
import { AppError } from '../../../platform/errors.ts';
import type { TextEncoding } from '../export-layer.ts';

const CHUNK = 1 << 16;
const BOM = '﻿';

/** Writes pieces of text one after the other, without ever holding all of them. @throws AppError `export-encoding-lossy` */
export async function writeTextFile(
  path: string,
  encoding: TextEncoding,
  pieces: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  await pipeline(Readable.from(encodedChunks(encoding, pieces)), createWriteStream(path));
}

async function* encodedChunks(
  encoding: TextEncoding,
  pieces: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<Buffer> {
  let waiting = encoding === 'utf-8-bom' ? BOM : '';
  for await (const piece of pieces) {
    waiting += piece;
    if (waiting.length < CHUNK) continue;
    yield encodeText(waiting, encoding);
    waiting = '';
  }
  yield encodeText(waiting, encoding);
}

/**
 * Bytes of a text. A character that the encoding does not have is refused, never replaced.
 * @throws AppError `export-encoding-lossy`
 */
export function encodeText(text: string, encoding: TextEncoding): Buffer {
  if (encoding === 'utf-8' || encoding === 'utf-8-bom') return Buffer.from(text, 'utf8');
  const bytes = iconv.encode(text, encoding);
  // GB 18030 has every character.
  if (encoding === 'gbk' && iconv.decode(bytes, encoding) !== text) {
    const character = Array.from(text).find(one => iconv.decode(iconv.encode(one, encoding), encoding) !== one) ?? '';
    throw new AppError('export-encoding-lossy', { character, encoding });
  }
  return bytes;
}
