import { GisError } from '../../../gis/errors.ts';

export const TIMEOUT_MS = 30_000;

/** What tells that two answers are parts of one and the same file. */
interface Version {
  readonly size: number;
  /** As the server wrote it, weak or strong. */
  readonly etag: string | null;
  readonly lastModified: string | null;
}

export interface RemoteFile {
  readonly url: string;
  readonly timeoutMs: number;
  /** As it was met first. */
  readonly version?: Version | undefined;
  /** Where the server sent us to. */
  movedTo?: string | undefined;
}

export interface FetchedRange {
  readonly bytes: Uint8Array;
  readonly version: Version;
  readonly movedTo: string | undefined;
}

/** One range of a file, whole and of the version that is known. Throws GisError `raster-http` with the reason. */
export async function fetchRange(
  { url, timeoutMs, version: known }: RemoteFile,
  offset: number,
  length: number,
): Promise<FetchedRange> {
  const refuse = (reason: string, cause?: unknown): GisError => new GisError('raster-http', { url, reason }, { cause });
  const signal = AbortSignal.timeout(timeoutMs);
  const headers = {
    range: `bytes=${offset}-${offset + length - 1}`,
    // A body compressed on the way has other offsets.
    'accept-encoding': 'identity',
    // If-Match compares strongly: a weak tag would never match.
    ...(known?.etag != null && !known.etag.startsWith('W/') && { 'if-match': known.etag }),
  };
  let response: Response;
  try {
    response = await fetch(url, { headers, signal });
  } catch (cause) {
    throw refuse(signal.aborted ? 'timeout' : 'unreachable', cause);
  }
  const refuseAnswer = async (reason: string): Promise<never> => {
    await response.body?.cancel();
    throw refuse(reason);
  };
  // 200 is the whole file: a server that does not know ranges, or does not keep to them.
  if (response.status === 200) return refuseAnswer('no-range-requests');
  if (response.status !== 206) return refuseAnswer(response.status === 412 ? 'changed' : `status ${response.status}`);
  if ((response.headers.get('content-encoding') ?? 'identity') !== 'identity') return refuseAnswer('compressed');
  const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(response.headers.get('content-range') ?? '');
  const [from, to, size] = [Number(range?.[1]), Number(range?.[2]), Number(range?.[3])];
  if (range === null || !Number.isSafeInteger(size)) return refuseAnswer('no-content-range');
  const version: Version = {
    size,
    etag: response.headers.get('etag'),
    lastModified: response.headers.get('last-modified'),
  };
  // Not every server heeds If-Match, and not every one has tags: what it says of the file is compared as well.
  const isOther =
    known !== undefined &&
    (known.size !== size || known.etag !== version.etag || known.lastModified !== version.lastModified);
  if (isOther) return refuseAnswer('changed');
  const expected = Math.min(length, size - offset);
  if (from !== offset || to - from + 1 !== expected) return refuseAnswer('wrong-range');
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw refuse(signal.aborted ? 'timeout' : 'truncated', cause);
  }
  if (bytes.length !== expected) throw refuse('truncated');
  return { bytes, version, movedTo: response.redirected ? response.url : undefined };
}
