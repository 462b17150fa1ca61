import { GisError } from '../../../gis/errors.ts';
import type { RangeSource } from '../../../gis/raster/raster-file.ts';

const PAGE_BYTES = 64 << 10;
const MAX_PAGES = 64;
const TIMEOUT_MS = 30_000;

/**
 * An http(s) resource by range. Small reads (headers, directories) come from pages of 64 kB that are kept; blocks are asked for as they are.
 * Throws GisError
 * `raster-http` with the status or the reason: not found, no range requests, another range than asked for, cut short, changed between two reads.
 */
export async function openHttpSource(url: string): Promise<RangeSource> {
  const first = await fetchRange(url, 0, PAGE_BYTES, undefined);
  const { size } = first.version;
  const pages = new Map<number, Promise<Uint8Array>>([[0, Promise.resolve(first.bytes)]]);
  const readPage = (page: number): Promise<Uint8Array> => {
    const known = pages.get(page);
    if (known !== undefined) return known;
    const coming = fetchRange(url, page * PAGE_BYTES, PAGE_BYTES, first.version).then(({ bytes }) => bytes);
    coming.catch(() => pages.delete(page));
    pages.set(page, coming);
    const oldest = pages.keys().next().value;
    if (pages.size > MAX_PAGES && oldest !== undefined) pages.delete(oldest);
    return coming;
  };
  return {
    size,
    async read(offset, length) {
      const end = Math.min(size, offset + length);
      if (end <= offset) return new Uint8Array(0);
      const [fromPage, toPage] = [Math.floor(offset / PAGE_BYTES), Math.floor((end - 1) / PAGE_BYTES)];
      if (toPage - fromPage > 1) return (await fetchRange(url, offset, end - offset, first.version)).bytes;
      const read = await Promise.all(
        fromPage === toPage ? [readPage(fromPage)] : [readPage(fromPage), readPage(toPage)],
      );
      const bytes = Buffer.concat(read);
      const start = offset - fromPage * PAGE_BYTES;
      return bytes.subarray(start, start + end - offset);
    },
  };
}

/** What tells that two answers are parts of one and the same file. */
interface Version {
  readonly size: number;
  /** As the server wrote it, weak or strong. */
  readonly etag: string | null;
  readonly lastModified: string | null;
}

interface FetchedRange {
  readonly bytes: Uint8Array;
  readonly version: Version;
}

async function fetchRange(
  url: string,
  offset: number,
  length: number,
  known: Version | undefined,
): Promise<FetchedRange> {
  const refuse = (reason: string, cause?: unknown): GisError => new GisError('raster-http', { url, reason }, { cause });
  const headers = {
    range: `bytes=${offset}-${offset + length - 1}`,
    // A body compressed on the way has other offsets.
    'accept-encoding': 'identity',
    // If-Match compares strongly: a weak tag would never match.
    ...(known?.etag != null && !known.etag.startsWith('W/') && { 'if-match': known.etag }),
  };
  let response: Response;
  try {
    response = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (cause) {
    throw refuse('unreachable', cause);
  }
  if (response.status !== 206) {
    await response.body?.cancel();
    // 200 is the whole file: a server that does not know ranges, or does not keep to them.
    if (response.status === 200) throw refuse('no-range-requests');
    throw refuse(response.status === 412 ? 'changed' : `status ${response.status}`);
  }
  const range = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(response.headers.get('content-range') ?? '');
  const [from, to, size] = [Number(range?.[1]), Number(range?.[2]), Number(range?.[3])];
  if (range === null || !Number.isSafeInteger(size)) {
    await response.body?.cancel();
    throw refuse('no-content-range');
  }
  const version: Version = {
    size,
    etag: response.headers.get('etag'),
    lastModified: response.headers.get('last-modified'),
  };
  // Not every server heeds If-Match, and not every one has tags: what it says of the file is compared as well.
  const isOther =
    known !== undefined &&
    (known.size !== size || known.etag !== version.etag || known.lastModified !== version.lastModified);
  const expected = Math.min(length, size - offset);
  const isElsewhere = from !== offset || to - from + 1 !== expected;
  if (isOther || isElsewhere) {
    await response.body?.cancel();
    throw refuse(isOther ? 'changed' : 'wrong-range');
  }
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (cause) {
    throw refuse('truncated', cause);
  }
  if (bytes.length !== expected) throw refuse('truncated');
  return { bytes, version };
}
