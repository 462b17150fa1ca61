import { expect, it } from 'vitest';
import { leaveRoom, takeRoom } from './compressed-rooms.ts';

it('lends rooms of one memory to one at a time, and fresh ones when all are lent', () => {
  const lent = Array.from({ length: 8 }, (_, i) => takeRoom(1000 * (i + 1)));
  const [first, second] = lent as [Uint8Array, Uint8Array];
  expect(lent.map(({ length }) => length)).toEqual([1000, 2000, 3000, 4000, 5000, 6000, 7000, 8000]);
  expect(new Set(lent.map(({ buffer }) => buffer)).size).toBe(1);
  const byPlace = lent.toSorted((a, b) => a.byteOffset - b.byteOffset);
  byPlace.slice(1).forEach((room, i) => {
    expect(room.byteOffset).toBeGreaterThan((byPlace[i] as Uint8Array).byteOffset + (4 << 20));
  });
  const fresh = takeRoom(100);
  expect(fresh.buffer).not.toBe(first.buffer);
  leaveRoom(fresh);
  leaveRoom(second.subarray(0, 10));
  const again = takeRoom(1100);
  expect([again.buffer === first.buffer, again.byteOffset]).toEqual([true, second.byteOffset]);
  for (const room of [...lent, again]) leaveRoom(room);
});

it('lends no room to what is larger', () => {
  const large = takeRoom((4 << 20) + 1);
  expect(large.buffer.byteLength).toBe((4 << 20) + 1);
});
