/** Buffers that one zone's values leave behind, for the next zone: fresh ones have to be cleared by the machine every time. */
export class ValueBuffers {
  private readonly free = new Map<number, Float64Array[]>();
  private freeBytes = 0;

  /** At least `length` numbers long; what is in it is anybody's. */
  take(length: number): Float64Array {
    const size = Math.max(64, 2 ** Math.ceil(Math.log2(length)));
    const known = this.free.get(size)?.pop();
    if (known === undefined) return new Float64Array(size);
    this.freeBytes -= known.byteLength;
    return known;
  }

  give(buffer: Float64Array): void {
    if (this.freeBytes + buffer.byteLength > MAX_FREE_BYTES) return;
    this.freeBytes += buffer.byteLength;
    const own = this.free.get(buffer.length);
    if (own === undefined) this.free.set(buffer.length, [buffer]);
    else own.push(buffer);
  }
}

const MAX_FREE_BYTES = 16 << 20;
