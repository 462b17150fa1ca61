import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import { AppError } from '../../../platform/errors.ts';
import type { Storage } from '../../../platform/storage/storage.ts';
import { receiveFile } from './receive-file.ts';

const limits = { fileBytes: 20_000, fieldBytes: 1000, wholeBytes: 50_000 };

const part = (head: string, body: string): string =>
  `--x\r\ncontent-disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
const file = (bytes: number): string => part('name="file"; filename="a.txt"', 'x'.repeat(bytes));
const END = '--x--\r\n';

function request(text: string): IncomingMessage {
  const pieces = text.match(/[\s\S]{1,5000}/g) ?? [];
  const stream = Readable.from(pieces.map(piece => Buffer.from(piece)));
  return Object.assign(stream, { headers: { 'content-type': 'multipart/form-data; boundary=x' } }) as never;
}

/** What is answered and what is left in the store. */
async function receive(text: string, fails?: Error) {
  const kept = new Map<string, number>();
  const storage = {
    async put(key: string, content: Readable) {
      if (fails) {
        content.destroy(fails);
        throw fails;
      }
      let bytes = 0;
      for await (const chunk of content as AsyncIterable<Buffer>) bytes += chunk.length;
      kept.set(key, bytes);
      return { key, bytes, sha256: 'x' };
    },
    delete: (key: string) => Promise.resolve(void kept.delete(key)),
  } as unknown as Storage;
  const outcome = await receiveFile(request(text), storage, 'imports/one/upload', limits).then(
    ({ name, bytes, fields }) => ({ name, bytes, fields }),
    (error: Error) => (error instanceof AppError ? error.code : error.message),
  );
  return { outcome, kept: kept.size };
}

it('keeps one file with the two fields beside it', async () => {
  const text = part('name="fixes"', '{"again":true}') + file(15_000) + part('name="mapping"', '{}') + END;
  const fields = { fixes: '{"again":true}', mapping: '{}' };
  expect(await receive(text)).toEqual({ outcome: { name: 'a.txt', bytes: 15_000, fields }, kept: 1 });
});

// A part that reaches its limit in the middle of what the parser has in hand once ended the whole process.
it.each([
  ['import-too-large', file(60_000) + END],
  ['import-too-large', file(60_000)],
  ['import-too-large', file(20_000)],
  ['import-too-large', file(10) + part('name="fixes"', 'x'.repeat(1001)) + END],
  ['import-too-large', part('name="other"', 'x'.repeat(900)).repeat(60) + file(10) + END],
  ['import-too-large', part('name="other"; filename="o"', 'x'.repeat(60_000)) + file(10) + END],
  ['import-files-many', file(10) + file(10) + END],
  ['import-files-many', file(10_000) + file(10_000)],
  ['import-file-missing', part('name="fixes"', '{}') + END],
  ['import-upload-broken', file(10)],
  ['import-upload-broken', file(10).slice(0, -5)],
  ['import-upload-broken', 'x'.repeat(100)],
])('answers %s and keeps nothing', async (code, text) => {
  expect(await receive(text)).toEqual({ outcome: code, kept: 0 });
});

it('tells at once that the store fails, and does not blame the sender', async () => {
  expect((await receive(file(19_000) + END, new AppError('storage-full'))).outcome).toBe('storage-full');
  expect((await receive(file(19_000) + END, new Error('EIO'))).outcome).toBe('EIO');
});
