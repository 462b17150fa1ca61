type Numbers = Float64Array | Uint32Array | Int8Array;

/** Numbers in memory that threads can share, as many as come. */
export class Column<Kind extends Numbers> {
  private room: Kind;
  private count = 0;
  private readonly make: (length: number) => Kind;

  constructor(make: (length: number) => Kind) {
    this.make = make;
    this.room = make(1024);
  }

  get length(): number {
    return this.count;
  }

  push(value: number): void {
    if (this.count === this.room.length) {
      const larger = this.make(this.room.length * 2);
      larger.set(this.room);
      this.room = larger;
    }
    this.room[this.count] = value;
    this.count += 1;
  }

  /** A view of so many more numbers, for the caller to write. */
  extend(by: number): Kind {
    const length = this.count + by;
    if (length > this.room.length) {
      const larger = this.make(Math.max(length, this.room.length * 2));
      larger.set(this.room);
      this.room = larger;
    }
    this.count = length;
    return this.room.subarray(length - by, length) as Kind;
  }

  /** A view of what has come so far. */
  numbers(): Kind {
    return this.room.subarray(0, this.count) as Kind;
  }
}

export const doubles = (length: number): Float64Array => new Float64Array(new SharedArrayBuffer(length * 8));
export const words = (length: number): Uint32Array => new Uint32Array(new SharedArrayBuffer(length * 4));
export const signs = (length: number): Int8Array => new Int8Array(new SharedArrayBuffer(length));
