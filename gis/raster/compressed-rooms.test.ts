import { expect, it } from 'vitest';
import { leaveRoom, takeRoom } from './compressed-rooms.ts';

it('lends the smallest room that is large enough, to one at a time', () => {
  const [small, large] = [takeRoom(1000), takeRoom(100_000)];
  leaveRoom(large);
  leaveRoom(small.subarray(0, 10));
  const again = takeRoom(1100);
  expect(again.buffer).toBe(small.buffer);
  expect(again).toHaveLength(1100);
  expect(takeRoom(1100).buffer).toBe(large.buffer);
  const fresh = takeRoom(1100);
  expect([small.buffer, large.buffer]).not.toContain(fresh.buffer);
});

it('keeps no more rooms than are read at a time, and none of a rare size', () => {
  const taken = Array.from({ length: 20 }, (_, i) => takeRoom(2000 + i));
  for (const room of taken) leaveRoom(room);
  const lent = new Set(Array.from({ length: 20 }, () => takeRoom(2000).buffer));
  expect(taken.filter(({ buffer }) => lent.has(buffer))).toHaveLength(8);
  const rare = takeRoom(5 << 20);
  leaveRoom(rare);
  expect(takeRoom(5 << 20).buffer).not.toBe(rare.buffer);
});
