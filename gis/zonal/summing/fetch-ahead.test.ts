import { expect, it } from 'vitest';
import type { BlockLease } from '../../raster/block-lease.ts';
import { FetchAhead } from './fetch-ahead.ts';

/** Steps 0, 1, … and what became of their leases. */
function createSteps(count: number, brokenStep = 4) {
  const begun: number[] = [];
  const ended: string[] = [];
  const ahead = new FetchAhead([...Array(count).keys()].values(), async (step: number, lease: BlockLease) => {
    begun.push(step);
    lease.hold(() => ended.push(`room ${step}`));
    if (step === brokenStep) throw new Error('broken');
    return `block ${step}`;
  });
  return { ahead, begun, ended };
}

it('reads two steps at a time and the next two meanwhile, and lets go of both when the next one is taken', async () => {
  const { ahead, begun, ended } = createSteps(5, 9);
  expect(begun).toEqual([0, 1]);
  expect(await ahead.take()).toEqual({ step: 0, block: 'block 0', next: 1 });
  expect(begun).toEqual([0, 1, 2, 3]);
  expect(await ahead.take()).toEqual({ step: 1, block: 'block 1', next: 2 });
  expect([begun, ended]).toEqual([[0, 1, 2, 3], []]);
  expect(await ahead.take()).toEqual({ step: 2, block: 'block 2', next: 3 });
  expect([begun, ended]).toEqual([
    [0, 1, 2, 3, 4],
    ['room 0', 'room 1'],
  ]);
  expect(await ahead.take()).toEqual({ step: 3, block: 'block 3', next: 4 });
  expect(await ahead.take()).toEqual({ step: 4, block: 'block 4', next: undefined });
  expect(ended).toEqual(['room 0', 'room 1', 'room 2', 'room 3']);
  expect(await ahead.take()).toBe(undefined);
  expect(ended).toEqual(['room 0', 'room 1', 'room 2', 'room 3', 'room 4']);
});

it('lets nothing be decoded before its turn: what comes next waits until those at hand are let go of', async () => {
  const decoded: number[] = [];
  const ahead = new FetchAhead([0, 1, 2, 3].values(), (step: number, lease: BlockLease) => {
    const stream = lease.streams.announce(async blocks => {
      decoded.push(step);
      return blocks.map(({ compressed: bytes }) => ({ bytes }));
    });
    return stream.inflate({ compressed: Uint8Array.of(step), expectedBytes: 1, wantedBytes: 1 });
  });
  for (const step of [0, 1, 2, 3]) {
    expect((await ahead.take())?.block?.bytes).toEqual(Uint8Array.of(step));
    expect(decoded).toEqual(step < 2 ? [0, 1] : [0, 1, 2, 3]);
  }
});

it('fails where the broken step is taken, and lets go of everything when closed', async () => {
  const { ahead, ended } = createSteps(8);
  for (const step of [0, 1, 2, 3]) expect((await ahead.take())?.step).toBe(step);
  await expect(ahead.take()).rejects.toThrow('broken');
  ahead.close();
  expect(ended.length).toBe(8);
});
