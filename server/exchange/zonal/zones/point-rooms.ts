import type { NumberRoom } from '../../../../gis/zonal/zone-shape.ts';

const ROOM_NUMBERS = 1 << 19;

/** Stretches of a few large rooms in memory that threads can share: the points of a hundred thousand zones, and none of them copied. */
export function createPointRooms(): NumberRoom {
  const open = (numbers: number): Float64Array => new Float64Array(new SharedArrayBuffer(numbers * 8));
  let room = open(ROOM_NUMBERS);
  let used = 0;
  return length => {
    if (length > ROOM_NUMBERS / 8) return open(length);
    if (used + length > ROOM_NUMBERS) {
      room = open(ROOM_NUMBERS);
      used = 0;
    }
    used += length;
    return room.subarray(used - length, used);
  };
}
