const SIGNATURE = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
const NO_FLAGS = Buffer.alloc(8);
const HIGH = 2 ** 32;
const DAY_MS = 86_400_000;
const EPOCH_MS = Date.UTC(2000, 0, 1);

/** Rows in the binary format of PostgreSQL's `copy`: each begins with `row` and has a call for each of its columns, in their order. */
export class BinaryRows {
  private bytes = Buffer.allocUnsafe(1 << 16);
  private at = 0;
  private lastDate = '';
  private lastDays = 0;

  constructor() {
    this.at += SIGNATURE.copy(this.bytes, 0);
    this.at += NO_FLAGS.copy(this.bytes, this.at);
  }

  row(columns: number): void {
    this.reserve(2);
    this.at = this.bytes.writeInt16BE(columns, this.at);
  }

  int8(value: number | null): void {
    if (value === null) return this.nothing();
    this.begin(8);
    this.at = this.bytes.writeInt32BE(Math.floor(value / HIGH), this.at);
    this.at = this.bytes.writeUInt32BE(value - Math.floor(value / HIGH) * HIGH, this.at);
  }

  int4(value: number): void {
    this.begin(4);
    this.at = this.bytes.writeInt32BE(value, this.at);
  }

  float8(value: number | null): void {
    if (value === null) return this.nothing();
    this.begin(8);
    this.at = this.bytes.writeDoubleBE(value, this.at);
  }

  text(value: string | null): void {
    if (value === null) return this.nothing();
    this.begin(3 * value.length);
    this.end(this.bytes.write(value, this.at, 'utf8'), 3 * value.length);
  }

  /** `YYYY-MM-DD`. */
  date(value: string): void {
    if (value !== this.lastDate) {
      this.lastDate = value;
      this.lastDays = (Date.parse(`${value}T00:00:00Z`) - EPOCH_MS) / DAY_MS;
    }
    this.int4(this.lastDays);
  }

  /** Bytes that are given as hexadecimal digits. */
  hex(value: string): void {
    this.begin(value.length / 2);
    this.end(this.bytes.write(value, this.at, 'hex'), value.length / 2);
  }

  /** Everything, once all rows are there. */
  finish(): Uint8Array {
    this.reserve(2);
    this.at = this.bytes.writeInt16BE(-1, this.at);
    return this.bytes.subarray(0, this.at);
  }

  private nothing(): void {
    this.reserve(4);
    this.at = this.bytes.writeInt32BE(-1, this.at);
  }

  /** Makes room for a value of at most so many bytes, and says that it has as many. */
  private begin(most: number): void {
    this.reserve(4 + most);
    this.at = this.bytes.writeInt32BE(most, this.at);
  }

  /** Says how many it has in the end. */
  private end(length: number, most: number): void {
    if (length !== most) this.bytes.writeInt32BE(length, this.at - 4);
    this.at += length;
  }

  private reserve(count: number): void {
    if (this.at + count <= this.bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(2 * this.bytes.length, this.at + count));
    this.bytes.copy(larger, 0, 0, this.at);
    this.bytes = larger;
  }
}
