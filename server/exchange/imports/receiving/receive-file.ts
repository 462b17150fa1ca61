// One multipart upload of one file, streamed to the object store, with two small JSON fields beside it.
import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import busboy from 'busboy';
import { AppError } from '../../../platform/errors.ts';
import type { Storage } from '../../../platform/storage/storage.ts';
import { IMPORT_LIMITS } from '../../survey-files/limits.ts';
import { shortName } from './short-name.ts';

export interface ReceivedFile {
  readonly name: string;
  readonly key: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Text of the JSON fields `mapping` and `fixes`, where they were sent. */
  readonly fields: Readonly<Partial<Record<'mapping' | 'fixes', string>>>;
}

export interface ReceivingLimits {
  readonly fileBytes: number;
  readonly fieldBytes: number;
  /** Of everything, parts without a meaning included. */
  readonly wholeBytes: number;
}

const MIB = 1024 * 1024;
const LIMITS: ReceivingLimits = {
  fileBytes: IMPORT_LIMITS.uploadBytes,
  fieldBytes: 4 * MIB,
  wholeBytes: IMPORT_LIMITS.uploadBytes + 16 * MIB,
};

/** Throws `import-multipart-expected`, `import-upload-broken`, `import-too-large`, `import-file-missing`, `import-files-many`, `storage-full`. */
export async function receiveFile(
  request: IncomingMessage,
  storage: Storage,
  key: string,
  limits: ReceivingLimits = LIMITS,
): Promise<ReceivedFile> {
  const fields: Partial<Record<'mapping' | 'fixes', string>> = {};
  let stored: Promise<Omit<ReceivedFile, 'fields'>> | undefined;
  let fault: unknown;
  const parser = openParser(request, limits);
  const refuse = (problem: unknown): void => {
    fault ??= problem;
    request.unpipe(parser);
    // Not at once: the parser may be in the middle of a chunk and would fall over its own end.
    setImmediate(() => parser.destroy());
  };
  const tooLarge = (limitBytes: number): void => refuse(new AppError('import-too-large', { limitBytes }));
  const finished = new Promise<void>((resolve, reject) => {
    parser.on('file', (field, stream, info) => {
      // Destroying the parser ends its open part with a fault; a part that nobody listens to would end the process.
      stream.on('error', () => undefined);
      if (field !== 'file' || stored !== undefined || fault !== undefined) {
        stream.resume();
        if (field === 'file') refuse(new AppError('import-files-many'));
        return;
      }
      stream.on('limit', () => tooLarge(limits.fileBytes));
      const through = new PassThrough().on('error', () => undefined);
      // By its name, so that what else goes wrong on the way is the store's fault and not the sender's.
      stream.on('error', cause => through.destroy(new AppError('import-upload-broken', {}, { cause })));
      stream.on('close', () => {
        if (!through.writableEnded) through.destroy(new AppError('import-upload-broken'));
      });
      stream.pipe(through);
      const name = shortName(info.filename ?? 'file');
      stored = storage.put(key, through).then(({ bytes, sha256 }) => ({ name, key, bytes, sha256 }));
      // What nobody writes any more would be waited for until the sender tires of it.
      stored.catch(refuse);
    });
    parser.on('field', (field, value, info) => {
      if (field !== 'mapping' && field !== 'fixes') return;
      if (info.valueTruncated) tooLarge(limits.fieldBytes);
      fields[field] = value;
    });
    parser.on('error', reject);
    parser.on('close', resolve);
    request.on('aborted', () => refuse(new AppError('import-upload-broken')));
    request.on('error', reject);
  });
  let seen = 0;
  request.on('data', (chunk: Buffer) => {
    seen += chunk.length;
    if (seen > limits.wholeBytes) tooLarge(limits.wholeBytes);
  });
  request.pipe(parser);
  try {
    await finished;
    if (fault !== undefined) throw fault;
    const file = await stored;
    if (file === undefined) throw new AppError('import-file-missing');
    return { ...file, fields };
  } catch (error) {
    request.resume();
    await stored?.catch(() => undefined);
    await storage.delete(key);
    if (fault !== undefined) throw fault;
    throw error instanceof AppError ? error : new AppError('import-upload-broken', {}, { cause: error });
  }
}

function openParser(request: IncomingMessage, limits: ReceivingLimits): busboy.Busboy {
  if (!/^multipart\/form-data/i.test(request.headers['content-type'] ?? ''))
    throw new AppError('import-multipart-expected');
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: { files: 2, fileSize: limits.fileBytes, fieldSize: limits.fieldBytes, fields: 16 },
    });
  } catch (cause) {
    throw new AppError('import-upload-broken', {}, { cause });
  }
}
