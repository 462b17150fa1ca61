/** Buffers that one zone's values leave behind, for the next zone: fresh ones have to be cleared by the machine every time. */
export class ValueBuffers {
  private readonly free = new Map<number, Float64Array[]>();

  /** At least `length` numbers long; what is in it is anybody's. */
  take(length: number): Float64Array {
    const size = Math.max(64, 2 ** Math.ceil(Math.log2(length)));
    return this.free.get(size)?.pop() ?? new Float64Array(size);
  }

  give(buffer: Float64Array): void {
    const own = this.free.get(buffer.length);
    if (own === undefined) this.free.set(buffer.length, [buffer]);
    else if (own.length < KEPT_OF_A_SIZE) own.push(buffer);
  }
}

const KEPT_OF_A_SIZE = 16;
