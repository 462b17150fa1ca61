import type { FileHandle } from 'node:fs/promises';

const CHUNK_BYTES = 512 << 10;
/** One feature of a file may be this large; a file has no limit. */
const MAX_WINDOW_BYTES = 512 << 20;

/** What is wrong with a text that has one value of more than half a gigabyte. */
export class WindowTooLarge extends Error {}

/** The part of a file in hand: bytes `[at, end)` of `bytes`. Bytes before `at` are let go of when more are read. */
export class ByteWindow {
  bytes = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  at = 0;
  end = 0;
  /** Where in the file `bytes` begins. */
  offset = 0;
  private isAtEnd = false;
  private readonly handle: FileHandle;

  constructor(handle: FileHandle) {
    this.handle = handle;
  }

  /** Reads on; false where the file has no more. */
  async more(): Promise<boolean> {
    if (this.isAtEnd) return false;
    const kept = this.end - this.at;
    this.offset += this.at;
    if (kept > this.bytes.length / 2) {
      if (kept > MAX_WINDOW_BYTES) throw new WindowTooLarge();
      const bigger = Buffer.allocUnsafeSlow(this.bytes.length * 2);
      this.bytes.copy(bigger, 0, this.at, this.end);
      this.bytes = bigger;
    } else this.bytes.copyWithin(0, this.at, this.end);
    this.at = 0;
    this.end = kept;
    const { bytesRead } = await this.handle.read(this.bytes, kept, this.bytes.length - kept, null);
    this.end += bytesRead;
    this.isAtEnd = bytesRead === 0;
    return !this.isAtEnd;
  }
}
