import { GisError } from '../../../gis/errors.ts';
import type { RangeSource } from '../../../gis/raster/raster-file.ts';
import { fetchRange, TIMEOUT_MS } from './fetch-range.ts';
import type { RemoteFile } from './fetch-range.ts';
import { RangeRuns } from './range-runs.ts';

const PAGE_BYTES = 64 << 10;
const MAX_PAGES = 64;

export interface HttpSourceOptions {
  /** For each request, until its last byte. */
  readonly timeoutMs?: number | undefined;
}

/**
 * An http(s) resource by range. Small reads (headers, directories) come from pages of 64 kB that are kept; blocks that are expected come with
 * their neighbours, others as they are asked for. Throws GisError
 * `raster-http` with the status or the reason: not found, no range requests, another range than asked for, cut short, changed between two reads,
 * compressed on the way, too slow.
 */
export async function openHttpSource(url: string, options: HttpSourceOptions = {}): Promise<RangeSource> {
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const first = await fetchRange({ url, timeoutMs }, 0, PAGE_BYTES);
  const { size } = first.version;
  const file: RemoteFile = { url, timeoutMs, version: first.version, movedTo: first.movedTo };
  const pages = new Map<number, Promise<Uint8Array>>([[0, Promise.resolve(first.bytes)]]);
  const readPage = (page: number): Promise<Uint8Array> => {
    const known = pages.get(page);
    if (known !== undefined) return known;
    const coming = fetchFrom(file, page * PAGE_BYTES, PAGE_BYTES);
    coming.catch(() => pages.delete(page));
    pages.set(page, coming);
    // The first page is at hand in any case.
    const oldest = [...pages.keys()].find(key => key !== 0);
    if (pages.size > MAX_PAGES && oldest !== undefined) pages.delete(oldest);
    return coming;
  };
  /** Bytes of pages that are at hand, or on their way, are not fetched again. */
  const fetchRest = async (offset: number, length: number): Promise<Uint8Array> => {
    const end = offset + length;
    let [from, to] = [offset, end];
    const head: Promise<Uint8Array>[] = [];
    const tail: Promise<Uint8Array>[] = [];
    for (let page = pages.get(pageOf(from)); from < end && page !== undefined; page = pages.get(pageOf(from))) {
      head.push(cut(page, pageOf(from), from, end));
      from = (pageOf(from) + 1) * PAGE_BYTES;
    }
    for (let page = pages.get(pageOf(to - 1)); to > from && page !== undefined; page = pages.get(pageOf(to - 1))) {
      tail.unshift(cut(page, pageOf(to - 1), offset, to));
      to = pageOf(to - 1) * PAGE_BYTES;
    }
    const middle = from < to ? [fetchFrom(file, from, to - from)] : [];
    const parts = await Promise.all([...head, ...middle, ...tail]);
    return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
  };
  const runs = new RangeRuns(fetchRest);
  return {
    size,
    expect(offset, length) {
      if (offset + length <= size) runs.expect(offset, length);
    },
    async read(offset, length) {
      const end = Math.min(size, offset + length);
      if (end <= offset) return new Uint8Array(0);
      const inRun = runs.read(offset, end - offset);
      if (inRun !== undefined) return inRun;
      const [fromPage, toPage] = [pageOf(offset), pageOf(end - 1)];
      if (toPage - fromPage > 1) return fetchRest(offset, end - offset);
      const read = await Promise.all(
        fromPage === toPage ? [readPage(fromPage)] : [readPage(fromPage), readPage(toPage)],
      );
      const bytes = Buffer.concat(read);
      const start = offset - fromPage * PAGE_BYTES;
      return bytes.subarray(start, start + end - offset);
    },
  };
}

const pageOf = (offset: number): number => Math.floor(offset / PAGE_BYTES);

/** What of `[from, to)` lies on a page. */
async function cut(coming: Promise<Uint8Array>, page: number, from: number, to: number): Promise<Uint8Array> {
  const start = page * PAGE_BYTES;
  return (await coming).subarray(Math.max(0, from - start), to - start);
}

/** From where the file was found last; an address that it moved to may hold for a while only, and is then looked up again. */
async function fetchFrom(file: RemoteFile, offset: number, length: number): Promise<Uint8Array> {
  const { url, timeoutMs, version, movedTo } = file;
  try {
    return (await fetchRange({ url: movedTo ?? url, timeoutMs, version }, offset, length)).bytes;
  } catch (error) {
    const isGone = error instanceof GisError && /^status (401|403|404|410)$/.test(String(error.params['reason']));
    if (movedTo === undefined || !isGone) throw error;
    const found = await fetchRange({ url, timeoutMs, version }, offset, length);
    file.movedTo = found.movedTo;
    return found.bytes;
  }
}
