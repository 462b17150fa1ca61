/** As databases write it into tables: `0103…`, `\x0103…`, `0x0103…`. */
const HEX = /^\s*(?:\\x|0x)?((?:[0-9a-f]{2})+)\s*$/i;
/** Byte order, then the four bytes of the type. */
const HEAD = /^\s*(?:\\x|0x)?(0[01][0-9a-f]{8})/i;
/** Characters of an empty polygon. Numbers of documents begin with zeros as well: of those that do, as many as a point has. */
const FEWEST = 18;
const FEWEST_AFTER_ZEROS = 42;

/** Whether a cell begins like well-known binary (OGC 06-103r4, EWKB of PostGIS) in hexadecimal digits. */
export function isWellKnownBinary(text: string): boolean {
  const head = HEAD.exec(text)?.[1];
  if (head === undefined) return false;
  const bytes = Buffer.from(head, 'hex');
  const isLittle = bytes[0] === 1;
  const isLong = text.trim().length >= (isLittle ? FEWEST : FEWEST_AFTER_ZEROS);
  return isLong && isType(isLittle ? bytes.readUInt32LE(1) : bytes.readUInt32BE(1));
}

/** A type with its dimensions, as ISO counts them by thousands; PostGIS says them in the three highest bits. */
function isType(word: number): boolean {
  const plain = word & 0x1fffffff;
  return plain < 4000 && plain % 1000 >= 1 && plain % 1000 <= 17;
}

/** The bytes that the digits stand for; undefined where there are other characters among them, or half a byte is missing. */
export function readWellKnownBinary(text: string): Uint8Array | undefined {
  const digits = HEX.exec(text)?.[1];
  return digits === undefined ? undefined : Buffer.from(digits, 'hex');
}
