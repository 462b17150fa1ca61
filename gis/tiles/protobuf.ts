/** UTF-8 by hand: the core has neither TextEncoder nor Buffer. A lone surrogate becomes U+FFFD. */
function utf8(text: string): Uint8Array {
  const bytes = new Uint8Array(3 * text.length);
  let at = 0;
  for (const character of text) {
    const point = character.codePointAt(0) as number;
    const code = point >= 0xd800 && point <= 0xdfff ? 0xfffd : point;
    if (code < 0x80) bytes[at++] = code;
    else if (code < 0x800) {
      bytes[at++] = 0xc0 | (code >> 6);
      bytes[at++] = 0x80 | (code & 0x3f);
    } else if (code < 0x10000) {
      bytes[at++] = 0xe0 | (code >> 12);
      bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
      bytes[at++] = 0x80 | (code & 0x3f);
    } else {
      bytes[at++] = 0xf0 | (code >> 18);
      bytes[at++] = 0x80 | ((code >> 12) & 0x3f);
      bytes[at++] = 0x80 | ((code >> 6) & 0x3f);
      bytes[at++] = 0x80 | (code & 0x3f);
    }
  }
  return bytes.subarray(0, at);
}

/** As much of protobuf as vector tiles need, written forwards into one growing buffer. */
export class ProtobufWriter {
  private bytes = new Uint8Array(4096);
  private view = new DataView(this.bytes.buffer);
  private at = 0;

  private room(more: number): void {
    if (this.at + more <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.at + more));
    grown.set(this.bytes);
    this.bytes = grown;
    this.view = new DataView(grown.buffer);
  }

  /** An unsigned integer up to 2^53. */
  varint(value: number): void {
    this.room(10);
    let rest = value;
    while (rest > 0x7f) {
      this.bytes[this.at++] = (rest % 0x80) | 0x80;
      rest = rest < 0x80000000 ? rest >>> 7 : Math.floor(rest / 0x80);
    }
    this.bytes[this.at++] = rest;
  }

  tag(field: number, wireType: 0 | 1 | 2): void {
    this.varint(field * 8 + wireType);
  }

  varintField(field: number, value: number): void {
    this.tag(field, 0);
    this.varint(value);
  }

  doubleField(field: number, value: number): void {
    this.tag(field, 1);
    this.room(8);
    this.view.setFloat64(this.at, value, true);
    this.at += 8;
  }

  stringField(field: number, value: string): void {
    this.bytesField(field, utf8(value));
  }

  bytesField(field: number, value: Uint8Array): void {
    this.tag(field, 2);
    this.varint(value.length);
    this.room(value.length);
    this.bytes.set(value, this.at);
    this.at += value.length;
  }

  /** `count` words of `values`, packed. */
  packedField(field: number, values: Uint32Array, count: number): void {
    this.tag(field, 2);
    const start = this.at;
    // Most tile geometries are shorter than 128 bytes or 16 kB: leave two bytes for the length and move if wrong.
    this.room(2 + count * 5);
    this.at += 2;
    const { bytes } = this;
    let at = this.at;
    for (let i = 0; i < count; i++) {
      let value = values[i] as number;
      while (value > 0x7f) {
        bytes[at++] = (value & 0x7f) | 0x80;
        value >>>= 7;
      }
      bytes[at++] = value;
    }
    const length = at - this.at;
    const lengthBytes = length < 0x80 ? 1 : length < 0x4000 ? 2 : length < 0x200000 ? 3 : length < 0x10000000 ? 4 : 5;
    if (lengthBytes !== 2) {
      this.room(lengthBytes);
      this.bytes.copyWithin(start + lengthBytes, this.at, at);
    }
    this.at = start;
    this.varint(length);
    this.at = start + lengthBytes + length;
  }

  finish(): Uint8Array {
    return this.bytes.slice(0, this.at);
  }

  /** What was written, without a copy: valid until the next write. */
  written(): Uint8Array {
    return this.bytes.subarray(0, this.at);
  }

  clear(): void {
    this.at = 0;
  }
}
