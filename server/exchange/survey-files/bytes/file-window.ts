import { closeSync, fstatSync, openSync, readSync } from 'node:fs';

/** Reads ranges of a file in order through one window, so that a file of any size costs the memory of the window. */
export class FileWindow {
  readonly size: number;
  private readonly descriptor: number;
  private window = Buffer.alloc(0);
  private from = 0;

  constructor(path: string) {
    this.descriptor = openSync(path, 'r');
    this.size = fstatSync(this.descriptor).size;
  }

  /** The bytes `start … start + length`, fewer at the end of the file. Valid until the next call. */
  read(start: number, length: number): Buffer {
    if (start < this.from || start + length > this.from + this.window.length) {
      const wanted = Math.max(0, Math.min(Math.max(length, 1 << 18), this.size - start));
      const fresh = Buffer.alloc(wanted);
      const got = wanted === 0 ? 0 : readSync(this.descriptor, fresh, 0, wanted, start);
      this.window = fresh.subarray(0, got);
      this.from = start;
    }
    return this.window.subarray(start - this.from, start - this.from + length);
  }

  close(): void {
    closeSync(this.descriptor);
  }
}
