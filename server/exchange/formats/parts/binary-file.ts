import { open, type FileHandle } from 'node:fs/promises';

const CHUNK_BYTES = 1 << 18;

/** A file that grows at its end in large pieces, and whose head is written last. */
export class BinaryFile {
  private readonly file: FileHandle;
  private waiting: Uint8Array[] = [];
  private waitingBytes = 0;
  /** Bytes appended so far. */
  length = 0;

  private constructor(file: FileHandle) {
    this.file = file;
  }

  static async create(path: string): Promise<BinaryFile> {
    return new BinaryFile(await open(path, 'w'));
  }

  async append(bytes: Uint8Array): Promise<void> {
    this.waiting.push(bytes);
    this.waitingBytes += bytes.length;
    this.length += bytes.length;
    if (this.waitingBytes >= CHUNK_BYTES) await this.flush();
  }

  /** Writes over the beginning and closes. */
  async finish(head: Uint8Array): Promise<void> {
    await this.flush();
    await this.file.write(head, 0, head.length, 0);
    await this.file.close();
  }

  /** Closes a file that nobody will read. */
  abandon(): Promise<void> {
    this.waiting = [];
    return this.file.close();
  }

  private async flush(): Promise<void> {
    const bytes = Buffer.concat(this.waiting);
    const at = this.length - this.waitingBytes;
    this.waiting = [];
    this.waitingBytes = 0;
    if (bytes.length > 0) await this.file.write(bytes, 0, bytes.length, at);
  }
}
