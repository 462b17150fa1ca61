// The few forms of DER (ITU-T X.690) that a certificate and a signature are made of.

const TAG = { integer: 0x02, bits: 0x03, octets: 0x04, oid: 0x06, utf8: 0x0c, time: 0x18, sequence: 0x30, set: 0x31 };

function element(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const { length } = content;
  const bytes =
    length < 0x80 ? [] : [...Buffer.from(length.toString(16).padStart(length > 0xffff ? 6 : 4, '0'), 'hex')];
  const long = bytes[0] === 0 ? bytes.slice(1) : bytes;
  const head = length < 0x80 ? [tag, length] : [tag, 0x80 | long.length, ...long];
  return Buffer.concat([Buffer.from(head), content]);
}

export const der = {
  sequence: (...items: readonly Uint8Array[]): Buffer => element(TAG.sequence, ...items),
  /** In the order that DER asks for. */
  set: (...items: readonly Uint8Array[]): Buffer =>
    element(TAG.set, ...items.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))),
  octets: (bytes: Uint8Array): Buffer => element(TAG.octets, bytes),
  /** Whole bytes. */
  bits: (bytes: Uint8Array): Buffer => element(TAG.bits, Buffer.of(0), bytes),
  text: (text: string): Buffer => element(TAG.utf8, Buffer.from(text, 'utf8')),
  /** Not below zero. */
  integer(value: number | Uint8Array): Buffer {
    const bytes = typeof value === 'number' ? Buffer.of(value) : Buffer.from(value);
    return element(TAG.integer, (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes]));
  },
  /** To the second. */
  time: (date: Date): Buffer =>
    element(TAG.time, Buffer.from(`${date.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`, 'ascii')),
  oid(dotted: string): Buffer {
    const [first = 0, second = 0, ...others] = dotted.split('.').map(Number);
    const bytes = [40 * first + second, ...others].flatMap(number => {
      const sevens = [number & 0x7f];
      for (let rest = number >>> 7; rest > 0; rest >>>= 7) sevens.unshift((rest & 0x7f) | 0x80);
      return sevens;
    });
    return element(TAG.oid, Buffer.from(bytes));
  },
  null: (): Buffer => Buffer.of(0x05, 0),
  true: (): Buffer => Buffer.of(0x01, 1, 0xff),
  /** `[number]` round what it holds. */
  tagged: (number: number, ...items: readonly Uint8Array[]): Buffer => element(0xa0 | number, ...items),
};

/** The elements within one element, whole. */
export function elementsOf(bytes: Uint8Array): Buffer[] {
  const whole = Buffer.from(bytes);
  const elements: Buffer[] = [];
  for (let at = contentAt(whole, 0).from; at < whole.length;) {
    const { end } = contentAt(whole, at);
    elements.push(whole.subarray(at, end));
    at = end;
  }
  return elements;
}

function contentAt(bytes: Buffer, at: number): { readonly from: number; readonly end: number } {
  const first = bytes.readUInt8(at + 1);
  if (first < 0x80) return { from: at + 2, end: at + 2 + first };
  const count = first & 0x7f;
  const from = at + 2 + count;
  return { from, end: from + bytes.readUIntBE(at + 2, count) };
}
