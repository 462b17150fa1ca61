import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RangeRuns } from './range-runs.ts';

function bytesAt(offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i += 1) bytes[i] = ((offset + i) * 31) >> 3;
  return bytes;
}

function recorded() {
  const fetched: (readonly [offset: number, length: number])[] = [];
  const runs = new RangeRuns((offset, length) => {
    fetched.push([offset, length]);
    return Promise.resolve(bytesAt(offset, length));
  });
  return { fetched, runs };
}

describe('ranges that are expected', () => {
  it('come with those that follow them closely; what was not expected does not come from here', async () => {
    const { fetched, runs } = recorded();
    for (const [offset, length] of [
      [1000, 500],
      [1500, 500],
      [9000, 100],
      [900_000, 10],
      [200, 50],
    ] as const) {
      runs.expect(offset, length);
    }
    expect(runs.read(5000, 10)).toBeUndefined();
    expect(runs.read(1000, 501)).toBeUndefined();
    expect(await runs.read(1000, 500)).toEqual(bytesAt(1000, 500));
    expect(await runs.read(9000, 100)).toEqual(bytesAt(9000, 100));
    expect(await runs.read(1500, 400)).toEqual(bytesAt(1500, 400));
    expect(await runs.read(200, 50)).toEqual(bytesAt(200, 50));
    expect(await runs.read(900_000, 10)).toEqual(bytesAt(900_000, 10));
    expect(fetched).toEqual([
      [1000, 8100],
      [200, 50],
      [900_000, 10],
    ]);
    // A while later it is still at hand, also what nobody had asked for; then others have taken its place.
    expect(await runs.read(3000, 500)).toEqual(bytesAt(3000, 500));
    expect(fetched).toHaveLength(3);
    for (const offset of [2e6, 3e6, 4e6, 5e6, 6e6, 7e6, 8e6, 9e6]) {
      runs.expect(offset, 10);
      await runs.read(offset, 10);
    }
    expect(runs.read(1500, 500)).toBeUndefined();
  });

  it('a journey brings two megabytes at most', async () => {
    const { fetched, runs } = recorded();
    for (let i = 0; i < 50; i += 1) runs.expect(i * 100_000, 100_000);
    for (let i = 0; i < 50; i += 1) expect((await runs.read(i * 100_000, 100_000))?.length).toBe(100_000);
    expect(fetched).toEqual([
      [0, 2_000_000],
      [2_000_000, 2_000_000],
      [4_000_000, 1_000_000],
    ]);
  });

  it('the rest of what has come in part comes alone, with what follows it', async () => {
    const { fetched, runs } = recorded();
    // The first bytes of three blocks, 2,000 apart: those between them come along.
    for (const offset of [0, 2000, 4000]) runs.expect(offset, 1000);
    expect(await runs.read(0, 1000)).toEqual(bytesAt(0, 1000));
    expect(fetched).toEqual([[0, 5000]]);
    runs.expect(1000, 1000);
    expect(await runs.read(1000, 1000)).toEqual(bytesAt(1000, 1000));
    expect(fetched).toHaveLength(1);
    runs.expect(4500, 1500);
    runs.expect(6000, 1000);
    expect(Buffer.compare((await runs.read(4500, 1500)) ?? Buffer.of(), bytesAt(4500, 1500))).toBe(0);
    expect(await runs.read(6000, 1000)).toEqual(bytesAt(6000, 1000));
    expect(fetched).toEqual([
      [0, 5000],
      [5000, 2000],
    ]);
  });

  it('a journey that fails fails for those who wait for it, and is not remembered', async () => {
    let isUp = false;
    const runs = new RangeRuns((offset, length) =>
      isUp ? Promise.resolve(bytesAt(offset, length)) : Promise.reject(new Error('down')),
    );
    runs.expect(0, 10);
    runs.expect(10, 10);
    await expect(runs.read(0, 10)).rejects.toThrow('down');
    isUp = true;
    expect(runs.read(10, 10)).toBeUndefined();
    runs.expect(10, 10);
    expect(await runs.read(10, 10)).toEqual(bytesAt(10, 10));
  });

  it('blocks of any file, read in any order, are what they are; in the order of the file no byte comes twice', async () => {
    const blocks = fc.uniqueArray(fc.nat(200), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(blocks, fc.boolean(), fc.nat(900), fc.nat(30_000), async (some, isInOrder, longer, apart) => {
        const { fetched, runs } = recorded();
        const length = 1 + longer;
        const offsetOf = (block: number): number => block * (length + apart);
        const inOrder = some.toSorted((a, b) => a - b);
        for (const block of inOrder) runs.expect(offsetOf(block), length);
        for (const block of isInOrder ? inOrder : some) {
          const bytes = await runs.read(offsetOf(block), length);
          // Only so many journeys are kept: what is read in a wild order may have to be asked for again, by itself.
          if (bytes === undefined) expect(isInOrder).toBe(false);
          else expect(Buffer.compare(bytes, bytesAt(offsetOf(block), length))).toBe(0);
        }
        if (!isInOrder) return;
        for (const [i, [offset]] of fetched.entries()) {
          const before = fetched[i - 1];
          if (before !== undefined) expect(offset).toBeGreaterThanOrEqual(before[0] + before[1]);
        }
      }),
      { numRuns: 60 },
    );
  });
});
