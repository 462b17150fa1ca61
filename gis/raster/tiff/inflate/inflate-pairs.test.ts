import { deflateSync, inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { DeflatedBlock, InflateBlocks, InflatedBlock } from './deflated-block.ts';
import { createInflateBlocks } from './inflate-blocks.ts';
import { InflatePairs } from './inflate-pairs.ts';

function noise(seed: number, length = 5000): Uint8Array {
  let state = seed;
  return new Uint8Array(length).map(() => (state = (Math.imul(state, 1664525) + 1013904223) | 0) >>> 24);
}
const [first, second, third] = [noise(1), noise(3), noise(5)] as [Uint8Array, Uint8Array, Uint8Array];

const blockOf = (bytes: Uint8Array): DeflatedBlock => {
  return { compressed: deflateSync(bytes), expectedBytes: bytes.length, wantedBytes: bytes.length };
};

/** What notes how many blocks came at a time. */
function createLog() {
  const log: number[] = [];
  const native: number[] = [];
  const inflateBlocks = createInflateBlocks(compressed => {
    native.push(compressed.length);
    return inflateSync(compressed);
  });
  const noted: InflateBlocks = blocks => {
    log.push(blocks.length);
    return inflateBlocks(blocks);
  };
  return { log, native, inflateBlocks: noted };
}

async function takeOut(coming: Promise<InflatedBlock | undefined>): Promise<Buffer | undefined> {
  const block = await coming;
  const own = block && Buffer.from(block.bytes);
  block?.giveBack?.();
  return own;
}

describe('pairs of streams', () => {
  it('are inflated together where both were announced, and a third by itself', async () => {
    const { log, inflateBlocks } = createLog();
    const pairs = new InflatePairs();
    const streams = [first, second, third].map(bytes => ({ coming: pairs.announce(inflateBlocks), bytes }));
    const bytes = await Promise.all(streams.map(each => takeOut(each.coming.inflate(blockOf(each.bytes)))));
    expect(bytes).toEqual([first, second, third].map(each => Buffer.from(each)));
    expect(log).toEqual([2, 1]);
  });

  it('do not wait for one that is withdrawn', async () => {
    const { log, inflateBlocks } = createLog();
    const pairs = new InflatePairs();
    const [stays, leaves] = [pairs.announce(inflateBlocks), pairs.announce(inflateBlocks)];
    const answer = takeOut(stays.inflate(blockOf(first)));
    leaves.withdraw();
    leaves.withdraw();
    expect(await answer).toEqual(Buffer.from(first));
    stays.withdraw();
    expect(await takeOut(pairs.announce(inflateBlocks).inflate(blockOf(second)))).toEqual(Buffer.from(second));
    expect(log).toEqual([1, 1]);
  });

  it('are none where the two are inflated by different means', async () => {
    const [a, b] = [createLog(), createLog()];
    const pairs = new InflatePairs();
    const [one, other] = [pairs.announce(a.inflateBlocks), pairs.announce(b.inflateBlocks)];
    const bytes = [takeOut(one.inflate(blockOf(first))), takeOut(other.inflate(blockOf(second)))];
    expect(await Promise.all(bytes)).toEqual([Buffer.from(first), Buffer.from(second)]);
    expect([a.log, b.log]).toEqual([[1], [1]]);
  });

  it('fail one by one: damage to a stream is none to the other', async () => {
    const { log, inflateBlocks } = createLog();
    const pairs = new InflatePairs();
    const [good, bad] = [pairs.announce(inflateBlocks), pairs.announce(inflateBlocks)];
    const damaged = blockOf(second);
    const last = damaged.compressed.length - 1;
    damaged.compressed[last] = (damaged.compressed[last] as number) ^ 1;
    const bytes = await Promise.all([takeOut(bad.inflate(damaged)), takeOut(good.inflate(blockOf(first)))]);
    expect(bytes).toEqual([undefined, Buffer.from(first)]);
    expect(log).toEqual([2]);
  });
});

describe('blocks that are too large', () => {
  it('go to the native inflate with what came together with them, and no others do', async () => {
    const { native, inflateBlocks } = createLog();
    const read = async (...contents: Uint8Array[]): Promise<number> => {
      const before = native.length;
      const blocks = contents.map(blockOf);
      const answers = await inflateBlocks(blocks);
      const bytes = await Promise.all(answers.map(answer => takeOut(Promise.resolve(answer))));
      expect(bytes.map((each, i) => each?.equals(contents[i] as Uint8Array))).toEqual(contents.map(() => true));
      return native.length - before;
    };
    expect(await read(first, second)).toBe(0);
    expect(await read(first)).toBe(0);
    expect(await read(first, new Uint8Array(5000))).toBe(0);
    expect(await read(first, noise(7, 5 << 20))).toBe(2);
    expect(await read(new Uint8Array(5 << 20))).toBe(1);
  });

  it('are corrupt where the native inflate says so', async () => {
    const { native, inflateBlocks } = createLog();
    const block = blockOf(new Uint8Array(5 << 20));
    block.compressed[5] = 255;
    expect(await inflateBlocks([block])).toEqual([undefined]);
    expect(native).toHaveLength(1);
  });
});
