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

const FIELD_BYTES = 4 * 1024 * 1024;

/** Throws `import-multipart-expected`, `import-upload-broken`, `import-too-large`, `import-file-missing`, `import-files-many`. */
export async function receiveFile(request: IncomingMessage, storage: Storage, key: string): Promise<ReceivedFile> {
  const fields: Partial<Record<'mapping' | 'fixes', string>> = {};
  let stored: Promise<Omit<ReceivedFile, 'fields'>> | undefined;
  let fault: AppError | undefined;
  const parser = openParser(request);
  const refuse = (problem: AppError): void => {
    fault ??= problem;
    request.unpipe(parser);
    parser.destroy(problem);
  };
  const finished = new Promise<void>((resolve, reject) => {
    parser.on('file', (field, stream, info) => {
      stream.on('error', () => undefined);
      if (field !== 'file' || stored !== undefined) {
        stream.resume();
        if (field === 'file') refuse(new AppError('import-files-many'));
        return;
      }
      stream.on('limit', () => refuse(new AppError('import-too-large', { limitBytes: IMPORT_LIMITS.uploadBytes })));
      const through = new PassThrough();
      stream.on('error', error => through.destroy(error));
      stream.on('close', () => {
        if (!through.writableEnded) through.destroy(new Error('upload ended early'));
      });
      stream.pipe(through);
      const name = shortName(info.filename ?? 'file');
      stored = storage.put(key, through).then(({ bytes, sha256 }) => ({ name, key, bytes, sha256 }));
      stored.catch(() => undefined);
    });
    parser.on('field', (field, value, info) => {
      if (field !== 'mapping' && field !== 'fixes') return;
      if (info.valueTruncated) refuse(new AppError('import-too-large', { limitBytes: FIELD_BYTES }));
      fields[field] = value;
    });
    parser.on('error', reject);
    parser.on('close', resolve);
    request.on('aborted', () => refuse(new AppError('import-upload-broken')));
    request.on('error', reject);
  });
  request.pipe(parser);
  try {
    await finished;
    const file = await stored;
    if (fault !== undefined) throw fault;
    if (file === undefined) throw new AppError('import-file-missing');
    return { ...file, fields };
  } catch (cause) {
    request.resume();
    await stored?.catch(() => undefined);
    await storage.delete(key);
    throw fault ?? (cause instanceof AppError ? cause : new AppError('import-upload-broken', {}, { cause }));
  }
}

function openParser(request: IncomingMessage): busboy.Busboy {
  if (!/^multipart\/form-data/i.test(request.headers['content-type'] ?? ''))
    throw new AppError('import-multipart-expected');
  try {
    return busboy({
      headers: request.headers,
      defParamCharset: 'utf8',
      limits: { files: 2, fileSize: IMPORT_LIMITS.uploadBytes, fieldSize: FIELD_BYTES, fields: 16 },
    });
  } catch (cause) {
    throw new AppError('import-upload-broken', {}, { cause });
  }
}
