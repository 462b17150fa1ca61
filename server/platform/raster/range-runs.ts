interface Range {
  readonly offset: number;
  readonly length: number;
}

interface Run {
  readonly start: number;
  readonly end: number;
  readonly bytes: Promise<Uint8Array>;
}

/** Bytes that nobody wants but that cost less than a journey of their own. */
const GAP_BYTES = 16 << 10;
const RUN_BYTES = 2 << 20;
/** What is expected of a file whose blocks nobody fetches in the end. */
const MAX_EXPECTED = 4096;
/**
 * Kept for what of them is wanted later: the rest of a block of which the first bytes did not do, which is found out when that is decoded, and
 * the bytes of the next blocks are asked for before.
 */
const MAX_RUNS = 8;

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

  /** Undefined for a range that was neither expected nor has come with another one. */
  read(offset: number, length: number): Promise<Uint8Array> | undefined {
    const known = this.findRun(offset, length);
    if (known !== undefined) return cut(known, offset, length);
    if ((this.expected.get(offset)?.length ?? 0) < length) return undefined;
    // What an earlier journey has brought of it does not come again.
    const [head] = this.runs
      .filter(({ start, end }) => offset >= start && offset < end)
      .toSorted((a, b) => b.end - a.end);
    const run = this.startRun(offset, head?.end ?? offset);
    if (head === undefined) return cut(run, offset, length);
    const rest = offset + length - head.end;
    return Promise.all([cut(head, offset, length - rest), cut(run, head.end, rest)]).then(parts =>
      Buffer.concat(parts),
    );
  }

  private findRun(offset: number, length: number): Run | undefined {
    return this.runs.find(({ start, end }) => offset >= start && offset + length <= end);
  }

  /** Fetches what is expected at `offset`, from `start` on, and what follows it. */
  private startRun(offset: number, start: number): Run {
    let end = start;
    for (const range of [...this.expected.values()].sort((a, b) => a.offset - b.offset)) {
      if (range.offset < offset) continue;
      const isNeighbour = range.offset - end <= GAP_BYTES && range.offset + range.length - start <= RUN_BYTES;
      if (range.offset > offset && !isNeighbour) break;
      end = Math.max(end, range.offset + range.length);
      this.expected.delete(range.offset);
    }
    const run: Run = { start, end, bytes: this.fetch(start, end - start) };
    // What failed is asked for again by whoever still needs it, by itself.
    run.bytes.catch(() => (this.runs = this.runs.filter(other => other !== run)));
    this.runs = [...this.runs, run].slice(-MAX_RUNS);
    return run;
  }
}

const cut = async ({ start, bytes }: Run, offset: number, length: number): Promise<Uint8Array> =>
  (await bytes).subarray(offset - start, offset - start + length);
