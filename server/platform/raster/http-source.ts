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
  /** Bytes of the first page are not fetched again. */
  const fetchRest = async (offset: number, length: number): Promise<Uint8Array> => {
    const known = first.bytes.subarray(offset, offset + length);
    if (known.length === length) return known;
    const rest = await fetchFrom(file, offset + known.length, length - known.length);
    return known.length === 0 ? rest : Buffer.concat([known, rest]);
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
      const [fromPage, toPage] = [Math.floor(offset / PAGE_BYTES), Math.floor((end - 1) / PAGE_BYTES)];
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
