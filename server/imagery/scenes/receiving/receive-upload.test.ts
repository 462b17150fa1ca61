import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { AppError } from '../../../platform/errors.ts';
import type { Storage } from '../../../platform/storage/storage.ts';
import { receiveUpload, type UploadLimits } from './receive-upload.ts';

const limits: UploadLimits = { files: 3, bytesPerFile: 100_000, bytesPerUpload: 250_000, metadataBytes: 1000 };

/** Remembers every key that was ever begun. */
function memoryStorage() {
  const begun: string[] = [];
  const kept = new Map<string, number>();
  const storage = {
    async put(key: string, content: Readable | Uint8Array) {
      begun.push(key);
      let bytes = 0;
      for await (const chunk of content as AsyncIterable<Buffer>) bytes += chunk.length;
      kept.set(key, bytes);
      return { key, bytes, sha256: 'x' };
    },
    list: (prefix: string) => Promise.resolve([...kept.keys()].filter(key => key.startsWith(prefix))),
    delete: (key: string) => Promise.resolve(void kept.delete(key)),
  };
  return { begun, kept, storage: storage as unknown as Storage };
}

const part = (head: string, body: string): string =>
  `--x\r\ncontent-disposition: form-data; ${head}\r\n\r\n${body}\r\n`;
const field = (text: string): string => part('name="metadata"', text);
const json = (text: string): string =>
  `--x\r\ncontent-disposition: form-data; name="metadata"; filename="m.json"\r\ncontent-type: application/json\r\n\r\n${text}\r\n`;
const file = (name = 'a.tif', bytes = 50_000): string => part(`name="file"; filename="${name}"`, 'x'.repeat(bytes));

function request(text: string): IncomingMessage {
  // In pieces, as a socket gives them.
  const pieces = text.match(/[\s\S]{1,1000}/g) ?? [];
  const stream = Readable.from(pieces.map(piece => Buffer.from(piece)));
  return Object.assign(stream, {
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
  }) as unknown as IncomingMessage;
}

const refuseAll = async (): Promise<void> => {
  await new Promise(resolve => setTimeout(resolve, 5));
  throw new AppError('forbidden', { action: 'test' });
};
const admitAll = (): Promise<void> => Promise.resolve();
const receive = async (text: string, admit: (metadata: string) => Promise<void> = admitAll) => {
  const memory = memoryStorage();
  const outcome = await receiveUpload(request(text), memory.storage, admit, limits).then(
    upload => ({ upload }),
    (error: unknown) => ({ code: (error as AppError).code }),
  );
  // The mark stays until a scene names the folder.
  const kept = [...memory.kept].filter(([key]) => 'code' in outcome || !key.endsWith('/receiving'));
  return { ...outcome, begun: memory.begun, kept: kept.map(([, bytes]) => bytes) };
};

describe('an upload', () => {
  it('keeps its files, whole, and gives the metadata wherever they stand', async () => {
    for (const text of [field('{}') + file(), file() + field('{}'), json('{}') + file()]) {
      const { upload, kept } = (await receive(`${text}--x--\r\n`)) as Extract<
        Awaited<ReturnType<typeof receive>>,
        { upload: unknown }
      >;
      expect(upload).toMatchObject({ metadata: '{}', files: [{ name: 'a.tif', bytes: 50_000 }] });
      expect(kept).toEqual([50_000]);
    }
  });

  it.each([
    ['a field', field],
    ['a JSON file', json],
  ])('that is not admitted stores no byte of what follows its metadata in %s', async (_as, metadata) => {
    expect(await receive(`${metadata('{}')}${file()}${file('b.tif')}--x--\r\n`, refuseAll)).toEqual({
      code: 'forbidden',
      begun: [],
      kept: [],
    });
  });

  it('says that the disk is full when it is, and keeps nothing', async () => {
    const { storage, kept } = memoryStorage();
    const full: Storage = {
      ...storage,
      async put(key, content) {
        for await (const _chunk of content) if (key.endsWith('1.tif')) break;
        if (key.endsWith('1.tif'))
          throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
        return storage.put(key, Readable.from(['x']));
      },
    };
    const body = `${field('{}')}${file()}${file('b.tif', 90_000)}${file('c.tif', 90_000)}--x--\r\n`;
    await expect(receiveUpload(request(body), full, admitAll, limits)).rejects.toMatchObject({ code: 'storage-full' });
    expect([...kept.keys()]).toEqual([]);
  });

  // A store that fails without taking the stream down once held the request open for as long as the sender cared to wait.
  it.each([
    ['before it reads', false],
    ['in the middle of a file', true],
    ['in the middle of a file that was cut off', true],
  ])('is not waited for, and its sender not blamed, where the store fails %s', async (when, reads) => {
    const { storage, kept } = memoryStorage();
    const broken: Storage = {
      ...storage,
      async put(key, content) {
        if (key.endsWith('0.tif')) return storage.put(key, content);
        if (reads && content instanceof Readable) {
          await new Promise(resolve => content.once('data', resolve));
          content.pause();
        }
        throw Object.assign(new Error('EIO: i/o error, write'), { code: 'EIO' });
      },
    };
    const rest = when.endsWith('cut off') ? '' : `${file('c.tif', 90_000)}--x--\r\n`;
    const body = `${field('{}')}${file()}${file('b.tif', 90_000)}${rest}`;
    await expect(receiveUpload(request(body), broken, admitAll, limits)).rejects.toMatchObject({ code: 'EIO' });
    expect([...kept.keys()]).toEqual([]);
  });

  it('that is not admitted at its end keeps nothing', async () => {
    expect(await receive(`${file()}${field('{}')}--x--\r\n`, refuseAll)).toMatchObject({ code: 'forbidden', kept: [] });
  });

  it.each([
    ['a fourth file', ['a', 'b', 'c', 'd'].map(name => file(name, 10)).join(''), 'upload-too-many-files'],
    ['a file too large', file('a.tif', 150_000), 'upload-file-too-large'],
    ['too much in all', ['a', 'b', 'c'].map(name => file(name, 90_000)).join(''), 'upload-too-large'],
    ['metadata too long', field('x'.repeat(2000)) + file(), 'scene-metadata-too-large'],
    ['metadata too long as a JSON file', json('x'.repeat(2000)) + file(), 'scene-metadata-too-large'],
    ['two files of one name', file() + file(), 'scene-file-twice'],
    ['a name too long', file('a'.repeat(300)), 'scene-file-name-invalid'],
    ['a control character in a name', part(`name="file"; filename*=utf-8''a%00b`, 'x'), 'scene-file-name-invalid'],
  ])('with %s is refused and leaves nothing', async (_what, text, code) => {
    expect(await receive(`${text}--x--\r\n`)).toMatchObject({ code, kept: [] });
  });

  it('that breaks off while its admission is still open leaves nothing, and nobody waits', async () => {
    expect(await receive(field('{}') + file().slice(0, 20_000), refuseAll)).toMatchObject({ begun: [], kept: [] });
    expect(await receive(file().slice(0, 20_000))).toMatchObject({ code: 'multipart-broken', kept: [] });
  });

  it('keeps the last part of a path as the name', async () => {
    for (const name of ['../../evil.tif', String.raw`C:\\temp\\evil.tif`]) {
      expect(await receive(`${file(name, 10)}--x--\r\n`)).toMatchObject({ upload: { files: [{ name: 'evil.tif' }] } });
    }
  });
});
