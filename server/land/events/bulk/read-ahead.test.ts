import { expect, it } from 'vitest';
import { readAhead } from './read-ahead.ts';

/** A source that tells what was asked of it. `faultAt`: the item in whose stead it throws. */
function source(count: number, faultAt = Infinity) {
  const told = { asked: 0, isClosed: false };
  async function* items(): AsyncGenerator<number> {
    try {
      for (let item = 0; item < count; item++) {
        told.asked++;
        if (item === faultAt) throw new Error(`no item ${item}`);
        yield item;
      }
    } finally {
      told.isClosed = true;
    }
  }
  return { told, items };
}

it('hands on every item once, in order', async () => {
  const seen: number[] = [];
  for await (const item of readAhead(source(5).items())) seen.push(item);
  expect(seen).toEqual([0, 1, 2, 3, 4]);
  for await (const item of readAhead(source(0).items())) seen.push(item);
  expect(seen).toHaveLength(5);
});

it('asks for one item more than is in work, and not for two', async () => {
  const { told, items } = source(4);
  const asked: number[] = [];
  for await (const _item of readAhead(items())) {
    await new Promise(resolve => setImmediate(resolve));
    asked.push(told.asked);
  }
  expect(asked).toEqual([2, 3, 4, 4]);
});

it('fails where the source fails, after the items before', async () => {
  const { told, items } = source(5, 2);
  const seen: number[] = [];
  const reading = (async () => {
    for await (const item of readAhead(items())) {
      await new Promise(resolve => setImmediate(resolve));
      seen.push(item);
    }
  })();
  await expect(reading).rejects.toThrow('no item 2');
  expect(seen).toEqual([0, 1]);
  expect(told.isClosed).toBe(true);
});

it('closes the source when the reader breaks off, also where the item asked for ahead has failed', async () => {
  for (const { told, items } of [source(5), source(5, 1)]) {
    for await (const item of readAhead(items())) if (item === 0) break;
    expect(told.isClosed).toBe(true);
    expect(told.asked).toBe(2);
  }
});

it('throws what the reader throws, not what the source had to say afterwards', async () => {
  const { told, items } = source(5, 1);
  const reading = (async () => {
    for await (const _item of readAhead(items())) throw new Error('had enough');
  })();
  await expect(reading).rejects.toThrow('had enough');
  expect(told.isClosed).toBe(true);
});
