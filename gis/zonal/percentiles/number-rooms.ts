const LEAST_NUMBERS = 64;
/** Rooms up to this size are lent again; longer ones are rare. */
const MOST_LENT_NUMBERS = 1 << 17;
const MAX_FREE_NUMBERS = (4 << 20) / 8;

/** Rooms that one zone's values leave behind, for the next zone: fresh ones have to be cleared by the machine every time. */
export class NumberRooms {
  private readonly free = new Map<number, Float64Array[]>();
  private freeNumbers = 0;

  /** One of at least this many numbers; what is in it is anybody's. */
  take(length: number): Float64Array {
    const size = sizeFor(length);
    const room = this.free.get(size)?.pop();
    if (room === undefined) return new Float64Array(size);
    this.freeNumbers -= size;
    return room;
  }

  give(room: Float64Array): void {
    const { length } = room;
    if (length === 0 || length > MOST_LENT_NUMBERS || this.freeNumbers + length > MAX_FREE_NUMBERS) return;
    this.freeNumbers += length;
    const alike = this.free.get(length);
    if (alike === undefined) this.free.set(length, [room]);
    else alike.push(room);
  }
}

/** Four sizes to a power of two: rooms fit one another's zones, and a fifth of them stays empty at most. */
function sizeFor(length: number): number {
  const step = 1 << (29 - Math.clz32(Math.max(LEAST_NUMBERS, length) - 1));
  return Math.ceil(Math.max(LEAST_NUMBERS, length) / step) * step;
}

/** Numbers in the order they came. */
export class NumberList {
  private readonly rooms: NumberRooms;
  /** Those from `length` on are anybody's. */
  room: Float64Array = NO_ROOM;
  /** Who writes beyond it into what was reserved says so afterwards. */
  length = 0;

  constructor(rooms: NumberRooms) {
    this.rooms = rooms;
  }

  /** A room with space for so many more: the one to write to. */
  reserve(more: number): Float64Array {
    const wanted = this.length + more;
    if (wanted <= this.room.length) return this.room;
    const room = this.rooms.take(wanted);
    if (this.length > 0) room.set(this.room.subarray(0, this.length));
    this.rooms.give(this.room);
    this.room = room;
    return room;
  }

  /** So many of another room's numbers, from one of them on. */
  append(from: Float64Array, start: number, count: number): void {
    copyNumbers(from, start, this.reserve(count), this.length, count);
    this.length += count;
  }

  /** All of them to another room, from this place on. */
  copyTo(room: Float64Array, at: number): void {
    copyNumbers(this.room, 0, room, at, this.length);
  }

  copy(): Float64Array {
    return this.room.slice(0, this.length);
  }

  /** Leaves the room to others. */
  clear(): void {
    this.rooms.give(this.room);
    this.room = NO_ROOM;
    this.length = 0;
  }
}

const NO_ROOM = new Float64Array(0);
/** A view of a part costs more than copying a few numbers one by one. */
const FEW = 256;

/** So many numbers of a room, from one of them on, to a place in another. */
function copyNumbers(from: Float64Array, start: number, to: Float64Array, at: number, count: number): void {
  if (count > FEW) to.set(from.subarray(start, start + count), at);
  else for (let i = 0; i < count; i += 1) to[at + i] = from[start + i] as number;
}
