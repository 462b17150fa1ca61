import { expect, it } from 'vitest';
import type { BlockLease } from '../../raster/block-lease.ts';
import { FetchAhead } from './fetch-ahead.ts';

/** Steps 0, 1, … and what became of their leases. */
function createSteps(count: number) {
  const begun: number[] = [];
  const ended: string[] = [];
  const ahead = new FetchAhead([...Array(count).keys()].values(), async (step: number, lease: BlockLease) => {
    begun.push(step);
    lease.hold(() => ended.push(`room ${step}`));
    if (step === 4) throw new Error('broken');
    return `block ${step}`;
  });
  return { ahead, begun, ended };
}

it('reads two steps at a time, and lets go of both when the next one is taken', async () => {
  const { ahead, begun, ended } = createSteps(3);
  expect(begun).toEqual([0, 1]);
  expect(await ahead.take()).toEqual({ step: 0, block: 'block 0', next: 1 });
  expect(begun).toEqual([0, 1]);
  expect(await ahead.take()).toEqual({ step: 1, block: 'block 1', next: 2 });
  // The third is on its way while the second is used.
  expect([begun, ended]).toEqual([[0, 1, 2], []]);
  expect(await ahead.take()).toEqual({ step: 2, block: 'block 2', next: undefined });
  expect(ended).toEqual(['room 0', 'room 1']);
  expect(await ahead.take()).toBe(undefined);
  expect(ended).toEqual(['room 0', 'room 1', 'room 2']);
});

it('fails where the broken step is taken, and lets go of everything when closed', async () => {
  const { ahead, ended } = createSteps(8);
  for (const step of [0, 1, 2, 3]) expect((await ahead.take())?.step).toBe(step);
  await expect(ahead.take()).rejects.toThrow('broken');
  ahead.close();
  expect(ended.length).toBe(6);
});
