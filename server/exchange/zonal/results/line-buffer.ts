const FULL_BYTES = 1 << 16;

/** Lines on their way to a file, in one room of bytes: a hundred thousand of them leave nothing behind. */
export class LineBuffer {
  private room = Buffer.allocUnsafeSlow(FULL_BYTES * 2);
  private used = 0;
  private readonly write: (bytes: Buffer) => Promise<unknown>;

  /** `write` is done with its bytes when its promise is kept. */
  constructor(write: (bytes: Buffer) => Promise<unknown>) {
    this.write = write;
  }

  get isFull(): boolean {
    return this.used >= FULL_BYTES;
  }

  add(line: string): void {
    // No character takes more than three bytes of UTF-8.
    if (this.used + line.length * 3 > this.room.length) {
      this.room = Buffer.concat([this.room.subarray(0, this.used)], (this.used + line.length * 3) * 2);
    }
    this.used += this.room.write(line, this.used);
  }

  async flush(): Promise<void> {
    if (this.used > 0) await this.write(this.room.subarray(0, this.used));
    this.used = 0;
  }
}
