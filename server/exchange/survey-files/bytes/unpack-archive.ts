import { createWriteStream } from 'node:fs';
import { extname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import iconv from 'iconv-lite';
import { type Entry, open, type ZipFile } from 'yauzl';
import type { Finding } from '../../diagnosis/finding.ts';
import { IMPORT_LIMITS } from '../limits.ts';
import { isUtf8 } from './decode-text.ts';
import { UnreadableFile } from '../unreadable-file.ts';

export interface UnpackedFile {
  /** As the archive names it. */
  readonly name: string;
  /** Where it lies now: never a place that the archive chose. */
  readonly path: string;
}

interface UnpackOptions {
  readonly scratch: string;
  /** Extensions worth unpacking, lower case with their dot; all when absent. */
  readonly wanted?: ReadonlySet<string> | undefined;
  readonly report: (finding: Finding) => void;
  /** Told every name, wanted or not. */
  readonly seen?: ((name: string) => void) | undefined;
}

const UTF8_NAME = 0x800;
/** Below this a high ratio is repetition, not malice. */
const SMALL_BYTES = 64 * 1024 * 1024;

/**
 * Unpacks a ZIP into a folder of ours, within limits of size, ratio and number that hold for what comes out, not for what is declared.
 * @throws UnreadableFile `archive-…`
 */
export async function unpackArchive(path: string, options: UnpackOptions): Promise<UnpackedFile[]> {
  const archive = await openArchive(path);
  const files: UnpackedFile[] = [];
  let budget: number = IMPORT_LIMITS.unzippedBytes;
  try {
    for await (const entry of entriesOf(archive)) {
      const name = readName(entry);
      if (name.endsWith('/')) continue;
      options.seen?.(name);
      const extension = extname(name).toLowerCase();
      if (options.wanted !== undefined && !options.wanted.has(extension)) {
        if (extension === '.zip') options.report({ code: 'archive-nested', severity: 'warning', params: { name } });
        continue;
      }
      const target = join(options.scratch, `${files.length}${/^\.[a-z0-9]{1,8}$/.test(extension) ? extension : ''}`);
      budget -= await unpackEntry(archive, entry, name, target, budget);
      files.push({ name, path: target });
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    throw new UnreadableFile('archive-damaged', { reason: error instanceof Error ? error.message : String(error) });
  } finally {
    archive.close();
  }
  return files;
}

function openArchive(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false, decodeStrings: false }, (error, archive) => {
      if (archive === undefined) reject(new UnreadableFile('archive-damaged', { reason: error?.message ?? '' }));
      else resolve(archive);
    });
  });
}

async function* entriesOf(archive: ZipFile): AsyncGenerator<Entry> {
  if (archive.entryCount > IMPORT_LIMITS.archiveEntries) {
    throw new UnreadableFile('archive-too-many-entries', {
      count: archive.entryCount,
      limit: IMPORT_LIMITS.archiveEntries,
    });
  }
  for (;;) {
    const entry = await new Promise<Entry | undefined>((resolve, reject) => {
      const settle = (done: () => void): void => {
        archive.removeAllListeners('entry');
        archive.removeAllListeners('end');
        archive.removeAllListeners('error');
        done();
      };
      archive.once('entry', (found: Entry) => settle(() => resolve(found)));
      archive.once('end', () => settle(() => resolve(undefined)));
      archive.once('error', (error: Error) => settle(() => reject(error)));
      archive.readEntry();
    });
    if (entry === undefined) return;
    yield entry;
  }
}

/** Names are UTF-8 by a flag; Windows in China writes GBK without it. */
function readName(entry: Entry): string {
  const raw = entry.fileName as unknown as Buffer;
  const isMarked = (entry.generalPurposeBitFlag & UTF8_NAME) !== 0;
  const name = (isMarked || isUtf8(raw) ? raw.toString('utf8') : iconv.decode(raw, 'gb18030')).replaceAll('\\', '/');
  if (name.startsWith('/') || /^[a-z]:/i.test(name) || name.split('/').includes('..') || name.includes('\u0000')) {
    throw new UnreadableFile('archive-path-unsafe', { name: name.slice(0, 120) });
  }
  return name;
}

async function unpackEntry(
  archive: ZipFile,
  entry: Entry,
  name: string,
  target: string,
  budget: number,
): Promise<number> {
  if ((entry.generalPurposeBitFlag & 1) !== 0) throw new UnreadableFile('archive-encrypted', { name });
  const ownLimit = Math.max(SMALL_BYTES, entry.compressedSize * IMPORT_LIMITS.unzippedRatio);
  const limit = Math.min(budget, ownLimit);
  const tooLarge = (): UnreadableFile =>
    ownLimit <= budget
      ? new UnreadableFile('archive-too-large', { name, limitBytes: limit })
      : new UnreadableFile('archive-too-large-together', { limitBytes: IMPORT_LIMITS.unzippedBytes });
  // Who declares too much is believed at once; who declares too little is found out below.
  if (entry.uncompressedSize > limit) throw tooLarge();
  const stream = await new Promise<NodeJS.ReadableStream>((resolve, reject) => {
    archive.openReadStream(entry, (error, found) => {
      if (found === undefined) reject(error ?? new Error('unreadable'));
      else resolve(found);
    });
  });
  let bytes = 0;
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > limit) done(tooLarge());
      else done(null, chunk);
    },
  });
  await pipeline(stream, count, createWriteStream(target));
  return bytes;
}
