const LEAST_NUMBERS = 64;
/** Rooms up to this size are of a power of two of numbers and are lent again; longer ones are rare. */
const MOST_LENT_NUMBERS = 1 << 17;
const MAX_FREE_NUMBERS = (16 << 20) / 8;

/** Rooms that one zone's values leave behind, for the next zone: fresh ones have to be cleared by the machine every time. */
export class NumberRooms {
  private readonly free: Float64Array[][] = [];
  private freeNumbers = 0;

  /** One of at least this many numbers; what is in it is anybody's. */
  take(length: number): Float64Array {
    if (length > MOST_LENT_NUMBERS) return new Float64Array(length + (length >> 2));
    const size = sizeOf(length);
    const room = this.free[size]?.pop();
    if (room === undefined) return new Float64Array(1 << size);
    this.freeNumbers -= room.length;
    return room;
  }

  give(room: Float64Array): void {
    const { length } = room;
    if (length === 0 || length > MOST_LENT_NUMBERS || this.freeNumbers + length > MAX_FREE_NUMBERS) return;
    this.freeNumbers += length;
    (this.free[sizeOf(length)] ??= []).push(room);
  }
}

/** The power of two that is at least so long. */
const sizeOf = (length: number): number => 32 - Math.clz32(Math.max(LEAST_NUMBERS, length) - 1);

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

  /** Leaves the room to others. */
  clear(): void {
    this.rooms.give(this.room);
    this.room = NO_ROOM;
    this.length = 0;
  }
}

const NO_ROOM = new Float64Array(0);
