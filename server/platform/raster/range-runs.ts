interface Range {
  readonly offset: number;
  readonly length: number;
}

interface Run {
  readonly start: number;
  readonly end: number;
  readonly bytes: Promise<Uint8Array>;
  /** Ranges in it that have not been read. */
  left: number;
}

/** Bytes that nobody wants but that cost less than a journey of their own. */
const GAP_BYTES = 16 << 10;
const RUN_BYTES = 2 << 20;
/** What is expected of a file whose blocks nobody fetches in the end. */
const MAX_EXPECTED = 4096;
const MAX_RUNS = 4;

/**
 * Ranges that are expected are fetched with their neighbours, each byte once: when one of them is read, those that follow it in the file come
 * along, up to two megabytes.
 */
export class RangeRuns {
  private readonly expected = new Map<number, Range>();
  private runs: Run[] = [];
  private readonly fetch: (offset: number, length: number) => Promise<Uint8Array>;

  constructor(fetch: (offset: number, length: number) => Promise<Uint8Array>) {
    this.fetch = fetch;
  }

  expect(offset: number, length: number): void {
    if (this.expected.size >= MAX_EXPECTED || this.findRun(offset, length) !== undefined) return;
    const known = this.expected.get(offset);
    if (known === undefined || known.length < length) this.expected.set(offset, { offset, length });
  }

  /** Undefined for a range that was not expected. */
  read(offset: number, length: number): Promise<Uint8Array> | undefined {
    const run = this.findRun(offset, length) ?? this.startRun(offset, length);
    if (run === undefined) return undefined;
    run.left -= 1;
    if (run.left <= 0) this.runs = this.runs.filter(other => other !== run);
    return run.bytes.then(bytes => bytes.subarray(offset - run.start, offset - run.start + length));
  }

  private findRun(offset: number, length: number): Run | undefined {
    return this.runs.find(({ start, end }) => offset >= start && offset + length <= end);
  }

  private startRun(offset: number, length: number): Run | undefined {
    const first = this.expected.get(offset);
    if (first === undefined || first.length < length) return undefined;
    let end = offset;
    let left = 0;
    for (const range of [...this.expected.values()].sort((a, b) => a.offset - b.offset)) {
      if (range.offset < offset) continue;
      const isNeighbour = range.offset - end <= GAP_BYTES && range.offset + range.length - offset <= RUN_BYTES;
      if (range !== first && !isNeighbour) break;
      end = Math.max(end, range.offset + range.length);
      left += 1;
      this.expected.delete(range.offset);
    }
    const run: Run = { start: offset, end, bytes: this.fetch(offset, end - offset), left };
    // What failed is asked for again by whoever still needs it, by itself.
    run.bytes.catch(() => (this.runs = this.runs.filter(other => other !== run)));
    this.runs = [...this.runs, run].slice(-MAX_RUNS);
    return run;
  }
}
