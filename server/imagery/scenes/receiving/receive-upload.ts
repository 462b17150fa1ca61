// One multipart upload, streamed: files go to the object store as they arrive, nothing is held in memory. On any fault
// every file already stored is removed again.
import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import busboy from 'busboy';
import { AppError, nameFullDisk } from '../../../platform/errors.ts';
import type { Storage } from '../../../platform/storage/storage.ts';
import { IMAGERY_LIMITS } from '../limits.ts';
import type { StoredFile } from '../scene-model.ts';
import { markFolder, removeFolder } from './scene-folder.ts';

export interface ReceivedUpload {
  readonly files: readonly StoredFile[];
  /** Text of the JSON field, if there was one. */
  readonly metadata: string | undefined;
}

export interface UploadLimits {
  readonly files: number;
  readonly bytesPerFile: number;
  readonly bytesPerUpload: number;
  readonly metadataBytes: number;
}

const MAX_NAME_CHARACTERS = 255;
const METADATA_FIELDS = new Set(['metadata', 'scene', 'json']);

/**
 * `admit` judges the metadata as soon as they are there: files that follow are not stored before it has agreed. Throws
 * what it throws, and `multipart-expected`, `multipart-broken`, `upload-too-large`, `upload-file-too-large`,
 * `upload-too-many-files`, `scene-metadata-too-large`, `scene-file-name-invalid`, `scene-file-twice`, `storage-full`.
 */
export async function receiveUpload(
  request: IncomingMessage,
  storage: Storage,
  admit: (metadata: string) => Promise<void>,
  limits: UploadLimits = IMAGERY_LIMITS,
): Promise<ReceivedUpload> {
  const folder = `scenes/${randomUUID()}`;
  const stored: Promise<StoredFile>[] = [];
  const names = new Set<string>();
  let metadata: string | undefined;
  let fault: unknown;
  let admitted: Promise<void> = Promise.resolve();
  let marked: Promise<unknown> | undefined;

  const parser = openParser(request, limits);
  const refuse = (problem: unknown): void => {
    fault ??= problem;
    request.unpipe(parser);
    // Not at once: the parser may be in the middle of a chunk and would fall over its own end.
    setImmediate(() => parser.destroy());
  };

  const judge = (text: string): void => {
    metadata = text;
    admitted = admit(text);
    admitted.catch((problem: unknown) =>
      refuse(problem instanceof AppError ? problem : new AppError('internal', {}, { cause: problem })),
    );
  };
  const metadataTooLarge = (): void =>
    refuse(new AppError('scene-metadata-too-large', { limitBytes: limits.metadataBytes }));

  const finished = new Promise<void>((resolve, reject) => {
    parser.on('file', (field, stream, info) => {
      // Destroying the parser ends its open part with the fault; a part that nobody listens to would end the process.
      stream.on('error', () => undefined);
      if (fault !== undefined) {
        stream.resume();
        return;
      }
      if (METADATA_FIELDS.has(field) && /json/.test(info.mimeType)) {
        const read = readText(stream, limits.metadataBytes);
        // Parts that follow wait for the text and for its judgement.
        admitted = read.then(text => {
          judge(text);
          return admitted;
        });
        read.catch(metadataTooLarge);
        admitted.catch(() => undefined);
        return;
      }
      const name = fileNameOf(info.filename, field);
      if (name === undefined) {
        stream.resume();
        refuse(new AppError('scene-file-name-invalid', { limit: MAX_NAME_CHARACTERS }));
        return;
      }
      if (names.has(name)) {
        stream.resume();
        refuse(new AppError('scene-file-twice', { file: name }));
        return;
      }
      names.add(name);
      const key = `${folder}/${stored.length}.tif`;
      const mayStore = admitted;
      const storing = mayStore
        .then(() => (marked ??= markFolder(storage, folder)))
        .then(() => store(stream, key, name, storage, limits, refuse));
      // What nobody writes any more would stand in the way of the parts behind it until the sender tires of waiting.
      storing.catch(refuse);
      stored.push(storing);
    });
    parser.on('field', (field, value, info) => {
      if (!METADATA_FIELDS.has(field)) return;
      if (info.valueTruncated) metadataTooLarge();
      else judge(value);
    });
    parser.on('filesLimit', () => refuse(new AppError('upload-too-many-files', { limit: limits.files })));
    parser.on('error', reject);
    parser.on('close', resolve);
    request.on('aborted', () => refuse(new AppError('multipart-broken')));
    request.on('error', reject);
  });
  countBytes(request, limits.bytesPerUpload, () =>
    refuse(new AppError('upload-too-large', { limitBytes: limits.bytesPerUpload })),
  );
  request.pipe(parser);

  const [end] = await Promise.allSettled([finished]);
  // Where the metadata came last, the files wait in the store for its judgement.
  await admitted.catch(() => undefined);
  const files = await Promise.allSettled(stored);
  const failed = [end, ...files].find(result => result.status === 'rejected');
  if (fault === undefined && failed === undefined) {
    return { files: files.map(file => (file as PromiseFulfilledResult<StoredFile>).value), metadata };
  }
  request.resume();
  await removeFolder(storage, folder);
  throw fault ?? new AppError('multipart-broken', {}, { cause: (failed as PromiseRejectedResult).reason });
}

/** The last part of the path, however it was written; undefined for a name that cannot be kept. */
function fileNameOf(given: string | undefined, field: string): string | undefined {
  const name = given?.split(/[/\\]/).at(-1) || field;
  return name.length > MAX_NAME_CHARACTERS || /\p{Cc}/u.test(name) ? undefined : name;
}

function openParser(request: IncomingMessage, limits: UploadLimits): busboy.Busboy {
  if (!/^multipart\/form-data/i.test(request.headers['content-type'] ?? '')) throw new AppError('multipart-expected');
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: { files: limits.files, fileSize: limits.bytesPerFile, fieldSize: limits.metadataBytes, fields: 16 },
    });
  } catch (cause) {
    throw new AppError('multipart-broken', {}, { cause });
  }
}

async function store(
  stream: Readable,
  key: string,
  name: string,
  storage: Storage,
  limits: UploadLimits,
  refuse: (problem: unknown) => void,
): Promise<StoredFile> {
  stream.on('limit', () =>
    refuse(new AppError('upload-file-too-large', { file: name, limitBytes: limits.bytesPerFile })),
  );
  if (stream.destroyed) throw new AppError('multipart-broken');
  const through = new PassThrough().on('error', () => undefined);
  // By its name, so that what else goes wrong on the way is the store's fault and not the sender's.
  stream.on('error', cause => through.destroy(new AppError('multipart-broken', {}, { cause })));
  stream.on('close', () => {
    if (!through.writableEnded) through.destroy(new AppError('multipart-broken'));
  });
  stream.pipe(through);
  const put = await storage.put(key, through).catch((error: unknown) => Promise.reject(nameFullDisk(error)));
  return { name, key, bytes: put.bytes, sha256: put.sha256 };
}

function countBytes(request: IncomingMessage, limitBytes: number, tooMany: () => void): void {
  let seen = 0;
  request.on('data', (chunk: Buffer) => {
    seen += chunk.length;
    if (seen > limitBytes) tooMany();
  });
}

async function readText(stream: Readable, limitBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limitBytes) throw new Error('too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
