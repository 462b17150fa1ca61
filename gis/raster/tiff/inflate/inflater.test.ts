import { constants, deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pendingFloats } from '../float-predictor.ts';
import { applyHorizontalDifferencing } from '../predictor.ts';
import { createInflater } from './inflater.ts';
import type { DeflatedBlock } from './deflated-block.ts';

type Stream = Pick<DeflatedBlock, 'compressed' | 'expectedBytes'>;
type Bytes = Uint8Array | undefined;

const inflater = createInflater();
if (inflater === undefined) throw new Error('no WebAssembly here');

function seeded(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Streams inflated at once, all of each wanted; the rooms are given back. */
function inflate(streams: readonly Stream[]): Bytes[] {
  const blocks = inflater?.inflate(streams.map(stream => ({ ...stream, wantedBytes: stream.expectedBytes })));
  return streams.map((_, i) => {
    const block = blocks?.[i];
    const own = block?.bytes.slice();
    block?.giveBack?.();
    return own;
  });
}

/** What zlib says: the reference in every verdict. */
function byZlib({ compressed, expectedBytes }: Stream): Bytes {
  try {
    const maxOutputLength = expectedBytes + 64;
    return inflateSync(compressed, {
      maxOutputLength,
      chunkSize: maxOutputLength,
      finishFlush: constants.Z_SYNC_FLUSH,
    });
  } catch {
    return undefined;
  }
}

const textOf = (inflated: Bytes): string =>
  inflated === undefined ? 'corrupt' : Buffer.from(inflated).toString('latin1');

function expectAsZlib(streams: readonly Stream[], what: string): void {
  for (const [i, stream] of streams.entries()) {
    const wanted = textOf(byZlib(stream));
    // Compared before `expect` is asked: a difference in a megabyte is nothing to print.
    if (textOf(inflate([stream])[0]) !== wanted) expect.fail(`${what}: stream ${i} alone`);
    const other = streams[(i + 1) % streams.length] as Stream;
    const [first, second] = inflate([stream, other]);
    if (textOf(first) !== wanted) expect.fail(`${what}: stream ${i} beside another`);
    if (textOf(second) !== textOf(byZlib(other))) expect.fail(`${what}: stream ${i + 1} beside another`);
  }
}

/** Bytes of several characters: noise, steps, words, 16-bit differences of little spread, runs, and one after the other. */
function sampleBytes(random: (below: number) => number): Uint8Array {
  const bytes = new Uint8Array(random(8) === 0 ? random(4) : random(9000));
  const kind = random(7);
  const spread = 1 + random(250);
  for (let i = 0; i < bytes.length; i += 1) {
    const back = 1 + random(Math.min(i, 1 + spread * 40) + 1);
    if (kind === 0) bytes[i] = random(256);
    else if (kind === 1) bytes[i] = random(spread) + random(spread);
    else if (kind === 2) bytes[i] = i % 2 === 0 ? random(256) : random(3);
    else if (kind === 3) bytes[i] = 7;
    else if (kind === 4) bytes[i] = i >= back && random(6) > 0 ? (bytes[i - back] as number) : random(256);
    else if (kind === 5) bytes[i] = i % (1 + (spread % 9));
    else bytes[i] = Math.min(255, 2 ** random(9));
  }
  return bytes;
}

const { Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE, Z_FILTERED, Z_DEFAULT_STRATEGY } = constants;

function sampleStream(random: (below: number) => number): Stream {
  const bytes = sampleBytes(random);
  const compressed = deflateSync(bytes, {
    level: random(10),
    strategy: [Z_FIXED, Z_HUFFMAN_ONLY, Z_RLE, Z_FILTERED, Z_DEFAULT_STRATEGY][random(5)],
    windowBits: 9 + random(7),
    memLevel: 1 + random(9),
  });
  return { compressed, expectedBytes: bytes.length };
}

const samples = (seed: number, count: number): Stream[] => {
  const random = seeded(seed);
  return Array.from({ length: count }, () => sampleStream(random));
};

describe('inflating in WebAssembly', () => {
  it('answers the bytes that zlib answers, at every level and with every strategy', () => {
    expectAsZlib(samples(1, 1500), 'whole');
  });

  it('takes blocks of the size of a tile, pair by pair', () => {
    const random = seeded(2);
    const tiles = [0, 1, 6, 9].map(level => {
      const bytes = new Uint8Array(300_000).map((_, i) => (i % 2 === 0 ? random(256) : random(40) >> 4));
      return { compressed: deflateSync(bytes, { level }), expectedBytes: bytes.length };
    });
    expectAsZlib(tiles, 'tiles');
  });

  it('answers what came before the cut of a stream that was cut short', () => {
    const random = seeded(3);
    const cut = samples(4, 600).map(({ compressed, expectedBytes }) => {
      return { compressed: compressed.subarray(0, random(compressed.length + 1)), expectedBytes };
    });
    expectAsZlib(cut, 'cut');
    const [one] = samples(5, 1) as [Stream];
    const everyLength = Array.from({ length: 80 }, (_, length) => {
      return { compressed: one.compressed.subarray(0, length), expectedBytes: one.expectedBytes };
    });
    expectAsZlib(everyLength, 'cut early');
  });

  it('finds damage where zlib finds it', () => {
    const random = seeded(6);
    const damaged = samples(7, 1500).map(({ compressed, expectedBytes }) => {
      const bytes = Uint8Array.from(compressed);
      for (let times = 1 + random(3); times > 0; times -= 1) {
        // Half of the damage is done to the heads, where most rules are.
        const at = random(2) === 0 ? random(Math.min(bytes.length, 60)) : random(bytes.length);
        bytes[at] = (bytes[at] as number) ^ (1 << random(8));
      }
      return { compressed: bytes, expectedBytes };
    });
    expectAsZlib(damaged, 'damaged');
  });

  it('survives noise behind a good head', () => {
    const random = seeded(8);
    const noise = Array.from({ length: 1500 }, () => {
      const compressed = new Uint8Array(2 + random(400)).map(() => random(256));
      compressed.set([0x78, 0x9c, (compressed[2] ?? 0) & ~3, 0].slice(0, 2));
      return { compressed, expectedBytes: 2000 };
    });
    expectAsZlib(noise, 'noise');
  });

  it('refuses more than was expected, and answers less', () => {
    const wrong = samples(9, 200).flatMap(({ compressed, expectedBytes }) =>
      [0, 1, expectedBytes >> 1, expectedBytes + 1000].map(expected => ({ compressed, expectedBytes: expected })),
    );
    expectAsZlib(wrong, 'wrong length');
  });

  it('leaves what is not wanted, and finds no fault behind it', () => {
    const random = seeded(10);
    for (const { compressed, expectedBytes } of samples(11, 300)) {
      const wantedBytes = random(expectedBytes + 1);
      const whole = inflateSync(compressed);
      const damaged = Uint8Array.from(compressed);
      // The checksum is at the end: who wants less than all never comes to it.
      damaged[damaged.length - 1] = (damaged[damaged.length - 1] as number) ^ 1;
      const [block] = inflater.inflate([{ compressed: damaged, expectedBytes, wantedBytes }]) ?? [];
      if (wantedBytes === expectedBytes) expect(block).toBe(undefined);
      if (block === undefined) continue;
      expect(block.bytes.length).toBeGreaterThanOrEqual(wantedBytes);
      expect(textOf(block.bytes) === textOf(whole.subarray(0, block.bytes.length))).toBe(true);
      block.giveBack?.();
    }
  });

  it('has no room for large streams', () => {
    expect(inflater.inflate([{ compressed: new Uint8Array(10), expectedBytes: 5 << 20, wantedBytes: 1 }])).toBe(
      undefined,
    );
  });
});

describe('rooms of the inflater', () => {
  const block = (bytes: Uint8Array): DeflatedBlock => {
    return { compressed: deflateSync(bytes), expectedBytes: bytes.length, wantedBytes: bytes.length };
  };
  const filled = (value: number, length = 1000): Uint8Array => new Uint8Array(length).fill(value);

  it('stay as they are while they are lent, and are used again afterwards', () => {
    const fresh = createInflater();
    const lent = [1, 2, 3, 4].flatMap(value =>
      fresh?.inflate([block(filled(value)), block(filled(value + 10, 1 << 20))]),
    );
    expect(fresh?.inflate([block(filled(9))])).toBe(undefined);
    expect(lent.map(room => [room?.bytes.length, room?.bytes[0], room?.bytes.at(-1)])).toEqual(
      [1, 2, 3, 4].flatMap(value => [
        [1000, value, value],
        [1 << 20, value + 10, value + 10],
      ]),
    );
    lent[5]?.giveBack?.();
    // There are not two.
    expect(fresh?.inflate([block(filled(8)), block(filled(9))])).toBe(undefined);
    const [again] = fresh?.inflate([block(filled(9))]) ?? [];
    expect([again?.bytes.byteOffset, again?.bytes]).toEqual([lent[5]?.bytes.byteOffset, filled(9)]);
    // Given back already: somebody else has the room now.
    lent[5]?.giveBack?.();
    expect(fresh?.inflate([block(filled(7))])).toBe(undefined);
  });

  it('come back from streams that are corrupt', () => {
    const fresh = createInflater();
    const { compressed, ...rest } = block(filled(1));
    for (let i = 0; i < 20; i += 1) {
      expect(fresh?.inflate([{ compressed: compressed.slice().fill(3), ...rest }])).toEqual([undefined]);
    }
  });

  it('take compressed bytes, which are inflated where they lie, beside others that are not there', () => {
    const fresh = createInflater();
    const streams = [block(filled(1)), block(filled(2, 1 << 20))] as const;
    const inputs = streams.map(({ compressed }) => fresh?.takeInput(compressed.length));
    inputs.forEach((input, i) => input?.set((streams[i] as DeflatedBlock).compressed));
    const here = streams.map((stream, i) => ({ ...stream, compressed: inputs[i] as Uint8Array }));
    for (const pair of [here, [here[0], streams[1]], [streams[0], here[1]]] as DeflatedBlock[][]) {
      const inflated = fresh?.inflate(pair) ?? [];
      expect(inflated.map(room => room?.bytes[999])).toEqual([1, 2]);
      for (const room of inflated) room?.giveBack?.();
    }
    const others = Array.from({ length: 6 }, () => fresh?.takeInput(1));
    expect(others.map(input => input?.length)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(fresh?.takeInput(1)).toBe(undefined);
    // There is always room to copy a stream to.
    const [copied] = fresh?.inflate([streams[0]]) ?? [];
    expect(copied?.bytes).toEqual(filled(1));
    fresh?.leaveInput(others[0] as Uint8Array);
    expect(fresh?.takeInput(1)?.byteOffset).toBe(others[0]?.byteOffset);
    expect(fresh?.takeInput((4 << 20) + 1)).toBe(undefined);
  });
});

describe('predictors undone in WebAssembly', () => {
  const shapes = [1, 2, 4].flatMap(sampleBytes =>
    [1, 2, 3, 4, 5, 6, 7, 8, 13, 16].map(samplesPerCell => [sampleBytes, samplesPerCell]),
  );

  it.each(shapes)('differences of %i-byte samples, %i to a cell', (sampleBytes, samplesPerCell) => {
    const random = seeded(12);
    const [width, rows] = [48, 5];
    const Samples = { 1: Uint8Array, 2: Uint16Array, 4: Uint32Array }[sampleBytes as 1 | 2 | 4];
    const samples = new Samples(width * rows * samplesPerCell).map(() => random(2 ** 32));
    const stored = samples.slice();
    applyHorizontalDifferencing(stored, width, rows, samplesPerCell);
    const rowBytes = width * samplesPerCell * sampleBytes;
    const bytes = new Uint8Array(stored.buffer);
    // One row less is wanted than there is.
    const predicted = { predictor: 2, sampleBytes, samplesPerCell, rowBytes, rows: rows - 1 } as const;
    const wantedBytes = rowBytes * (rows - 1);
    const [block] =
      inflater.inflate([{ compressed: deflateSync(bytes), expectedBytes: bytes.length, wantedBytes, predicted }]) ?? [];
    for (let row = 0; row < rows - 1; row += 1) block?.pending?.undoRow(row);
    const wanted = new Uint8Array((block?.pending === undefined ? stored : samples).buffer, 0, wantedBytes);
    expect(textOf(block?.bytes.subarray(0, wantedBytes)) === textOf(wanted)).toBe(true);
    expect(block?.pending !== undefined).toBe(sampleBytes * samplesPerCell <= 16);
    block?.giveBack?.();
  });

  it.each([1, 2, 3, 4, 7, 16, 17])('planes of floats, %i to a cell', samplesPerCell => {
    const random = seeded(13);
    const [width, rows] = [32, 6];
    const stored = new Uint8Array(width * rows * samplesPerCell * 4).map(() => random(256));
    const { plain, pending } = pendingFloats(stored.slice(), width, rows, samplesPerCell, 'float32');
    for (let row = 0; row < rows; row += 1) pending.prepare(row, width);
    const rowBytes = width * samplesPerCell * 4;
    const predicted = { predictor: 3, sampleBytes: 4, samplesPerCell, rowBytes, rows } as const;
    const whole = { compressed: deflateSync(stored), expectedBytes: stored.length, wantedBytes: stored.length };
    const [block] = inflater.inflate([{ ...whole, predicted }]) ?? [];
    for (let row = 0; row < rows; row += 1) block?.pending?.undoRow(row);
    expect(textOf(block?.bytes) === textOf(block?.pending === undefined ? stored : plain)).toBe(true);
    expect(block?.pending !== undefined).toBe(samplesPerCell <= 16);
    block?.giveBack?.();
  });

  it('are left where rows are no whole vectors, or too few rows came out', () => {
    const bytes = new Uint8Array(60 * 4);
    const predicted = { predictor: 2, sampleBytes: 1, samplesPerCell: 1, rowBytes: 60, rows: 4 } as const;
    const whole = { compressed: deflateSync(bytes), expectedBytes: bytes.length, wantedBytes: bytes.length };
    for (const block of [
      { ...whole, predicted },
      { ...whole, predicted: { ...predicted, rowBytes: 48, rows: 6 } },
    ]) {
      const [inflated] = inflater.inflate([block]) ?? [];
      expect(inflated?.pending).toBe(undefined);
      inflated?.giveBack?.();
    }
  });
});
