import { GisError } from '../../../gis/errors.ts';
import type { RangeSource } from '../../../gis/raster/raster-file.ts';

const PAGE_BYTES = 64 << 10;
const MAX_PAGES = 64;
const TIMEOUT_MS = 30_000;

/**
 * An http(s) resource by range. Small reads (headers, directories) come from pages of 64 kB that are kept; blocks are asked for as they are.
 * Throws GisError `raster-http` with the status or the reason: not found, no range requests, changed between two reads.
 */
export async function openHttpSource(url: string): Promise<RangeSource> {
  const first = await fetchRange(url, 0, PAGE_BYTES, undefined);
  const pages = new Map<number, Promise<Uint8Array>>([[0, Promise.resolve(first.bytes)]]);
  const readPage = (page: number): Promise<Uint8Array> => {
    const known = pages.get(page);
    if (known !== undefined) return known;
    const coming = fetchRange(url, page * PAGE_BYTES, PAGE_BYTES, first.etag).then(({ bytes }) => bytes);
    coming.catch(() => pages.delete(page));
    pages.set(page, coming);
    const oldest = pages.keys().next().value;
    if (pages.size > MAX_PAGES && oldest !== undefined) pages.delete(oldest);
    return coming;
  };
  return {
    size: first.size,
    async read(offset, length) {
      const end = Math.min(first.size, offset + length);
      if (end <= offset) return new Uint8Array(0);
      const [fromPage, toPage] = [Math.floor(offset / PAGE_BYTES), Math.floor((end - 1) / PAGE_BYTES)];
      if (toPage - fromPage > 1) return (await fetchRange(url, offset, end - offset, first.etag)).bytes;
      const read = await Promise.all(
        fromPage === toPage ? [readPage(fromPage)] : [readPage(fromPage), readPage(toPage)],
      );
      const bytes = Buffer.concat(read);
      const start = offset - fromPage * PAGE_BYTES;
      return bytes.subarray(start, start + end - offset);
    },
  };
}

interface FetchedRange {
  readonly bytes: Uint8Array;
  readonly size: number;
  readonly etag: string | undefined;
}

async function fetchRange(
  url: string,
  offset: number,
  length: number,
  etag: string | undefined,
): Promise<FetchedRange> {
  const headers = {
    range: `bytes=${offset}-${offset + length - 1}`,
    // A body compressed on the way has other offsets.
    'accept-encoding': 'identity',
    ...(etag !== undefined && { 'if-match': etag }),
  };
  let response: Response;
  try {
    response = await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (cause) {
    throw new GisError('raster-http', { url, reason: 'unreachable' }, { cause });
  }
  if (response.status === 200 && offset === 0) {
    await response.body?.cancel();
    throw new GisError('raster-http', { url, reason: 'no-range-requests' });
  }
  if (response.status !== 206) {
    await response.body?.cancel();
    const reason = response.status === 412 ? 'changed' : `status ${response.status}`;
    throw new GisError('raster-http', { url, reason });
  }
  const size = Number(/\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1]);
  if (!Number.isSafeInteger(size)) throw new GisError('raster-http', { url, reason: 'no-content-range' });
  const strong = response.headers.get('etag');
  return {
    bytes: new Uint8Array(await response.arrayBuffer()),
    size,
    // If-Match compares strongly: a weak tag would never match.
    etag: strong !== null && !strong.startsWith('W/') ? strong : undefined,
  };
}
