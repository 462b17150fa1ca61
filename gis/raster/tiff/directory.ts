import { GisError } from '../../errors.ts';
import type { RangeSource } from '../raster-file.ts';
import { FIELD, FIELD_BYTES } from './tags.ts';

/*
 * Our own reading of TIFF directories rather than geotiff.js's: that one allocates whatever count a broken file claims
 * before it looks at the file's length, and reads long arrays of big-endian files in the wrong byte order (3.0.5).
 */

export type TagValue = readonly number[] | Float64Array | string;

/** Tags of one image file directory, by number. Long arrays are Float64Arrays, ASCII is a string without its zeros. */
export interface TiffDirectory {
  readonly tags: ReadonlyMap<number, TagValue>;
}

export interface TiffStructure {
  readonly littleEndian: boolean;
  readonly bigTiff: boolean;
  readonly directories: readonly TiffDirectory[];
}

const MAX_DIRECTORIES = 64;
const MAX_ENTRIES = 4096;
const MAX_VALUE_BYTES = 64 << 20;
const HEAD_BYTES = 64 << 10;

/** Reads header and all directories. Every length is checked against the file before anything is allocated; throws `raster-unreadable`, `raster-truncated`, `raster-directory-loop`. */
export async function readTiffStructure(source: RangeSource): Promise<TiffStructure> {
  const reader = await createByteReader(source);
  const head = await reader.view(0, Math.min(16, source.size));
  if (head.byteLength < 8) throw new GisError('raster-unreadable', { reason: 'not-tiff' });
  const order = head.getUint16(0);
  if (order !== 0x4949 && order !== 0x4d4d) throw new GisError('raster-unreadable', { reason: 'not-tiff' });
  const littleEndian = order === 0x4949;
  const version = head.getUint16(2, littleEndian);
  const bigTiff = version === 43;
  if (version !== 42 && !bigTiff) throw new GisError('raster-unreadable', { reason: 'not-tiff' });
  if (bigTiff && (head.byteLength < 16 || head.getUint16(4, littleEndian) !== 8)) {
    throw new GisError('raster-unreadable', { reason: 'bigtiff-header' });
  }
  let next = bigTiff ? Number(head.getBigUint64(8, littleEndian)) : head.getUint32(4, littleEndian);
  const directories: TiffDirectory[] = [];
  const seen = new Set<number>();
  while (next !== 0) {
    if (seen.has(next)) throw new GisError('raster-directory-loop', { offset: next });
    if (seen.size >= MAX_DIRECTORIES) throw new GisError('raster-unreadable', { reason: 'directories' });
    seen.add(next);
    const read = await readDirectory(reader, next, littleEndian, bigTiff);
    directories.push(read.directory);
    next = read.next;
  }
  if (directories.length === 0) throw new GisError('raster-unreadable', { reason: 'no-directory' });
  return { littleEndian, bigTiff, directories };
}

interface ByteReader {
  readonly size: number;
  /** Exactly `length` bytes, or GisError `raster-truncated`. */
  view(offset: number, length: number): Promise<DataView>;
}

/** Directories usually lie at the head of a file: one read serves them all (over http that is one request). */
async function createByteReader(source: RangeSource): Promise<ByteReader> {
  const head = await source.read(0, Math.min(HEAD_BYTES, source.size));
  return {
    size: source.size,
    async view(offset, length) {
      if (!(offset >= 0 && length >= 0 && offset + length <= source.size)) {
        throw new GisError('raster-truncated', { offset, length, size: source.size });
      }
      const inHead = offset + length <= head.length;
      const bytes = inHead ? head.subarray(offset, offset + length) : await source.read(offset, length);
      if (bytes.length < length) throw new GisError('raster-truncated', { offset, length, size: source.size });
      return new DataView(bytes.buffer, bytes.byteOffset, length);
    },
  };
}

async function readDirectory(
  reader: ByteReader,
  offset: number,
  littleEndian: boolean,
  bigTiff: boolean,
): Promise<{ directory: TiffDirectory; next: number }> {
  const countBytes = bigTiff ? 8 : 2;
  const pointerBytes = bigTiff ? 8 : 4;
  const entryBytes = bigTiff ? 20 : 12;
  const pointer = (view: DataView, at: number): number =>
    bigTiff ? Number(view.getBigUint64(at, littleEndian)) : view.getUint32(at, littleEndian);
  const countView = await reader.view(offset, countBytes);
  const count = bigTiff ? Number(countView.getBigUint64(0, littleEndian)) : countView.getUint16(0, littleEndian);
  if (count === 0 || count > MAX_ENTRIES)
    throw new GisError('raster-unreadable', { reason: 'directory-entries', count });
  const view = await reader.view(offset + countBytes, count * entryBytes);
  const tags = new Map<number, TagValue>();
  for (let index = 0; index < count; index += 1) {
    const at = index * entryBytes;
    const tag = view.getUint16(at, littleEndian);
    const type = view.getUint16(at + 2, littleEndian);
    const valueCount = pointer(view, at + 4);
    const valueBytes = FIELD_BYTES[type];
    if (valueBytes === undefined || tags.has(tag)) continue;
    const length = valueCount * valueBytes;
    if (length > MAX_VALUE_BYTES) throw new GisError('raster-unreadable', { reason: 'tag-too-long', tag, length });
    const valueAt = at + 4 + pointerBytes;
    const isInline = length <= pointerBytes;
    const values = isInline ? view : await reader.view(pointer(view, valueAt), length);
    tags.set(tag, decodeValues(values, isInline ? valueAt : 0, type, valueCount, littleEndian));
  }
  const nextAt = offset + countBytes + count * entryBytes;
  // Some writers leave the last pointer out at the very end of the file.
  const next = nextAt + pointerBytes > reader.size ? 0 : pointer(await reader.view(nextAt, pointerBytes), 0);
  return { directory: { tags }, next };
}

function decodeValues(view: DataView, at: number, type: number, count: number, littleEndian: boolean): TagValue {
  if (type === FIELD.ascii) return decodeText(view, at, count);
  const values = count > 64 ? new Float64Array(count) : Array.from<number>({ length: count }).fill(0);
  const size = FIELD_BYTES[type] as number;
  for (let i = 0; i < count; i += 1) values[i] = decodeNumber(view, at + i * size, type, littleEndian);
  return values;
}

function decodeNumber(view: DataView, at: number, type: number, littleEndian: boolean): number {
  switch (type) {
    case 3:
      return view.getUint16(at, littleEndian);
    case 4:
    case 13:
      return view.getUint32(at, littleEndian);
    case 5:
      return view.getUint32(at, littleEndian) / view.getUint32(at + 4, littleEndian);
    case 6:
      return view.getInt8(at);
    case 8:
      return view.getInt16(at, littleEndian);
    case 9:
      return view.getInt32(at, littleEndian);
    case 10:
      return view.getInt32(at, littleEndian) / view.getInt32(at + 4, littleEndian);
    case 11:
      return view.getFloat32(at, littleEndian);
    case 12:
      return view.getFloat64(at, littleEndian);
    case 16:
    case 18:
      return Number(view.getBigUint64(at, littleEndian));
    case 17:
      return Number(view.getBigInt64(at, littleEndian));
    default:
      return view.getUint8(at);
  }
}

/** UTF-8 where it is well formed, Latin-1 otherwise (TIFF says ASCII; GDAL writes UTF-8). Ends at the first zero. */
function decodeText(view: DataView, at: number, count: number): string {
  let escaped = '';
  let plain = '';
  for (let i = 0; i < count; i += 1) {
    const byte = view.getUint8(at + i);
    if (byte === 0) break;
    plain += String.fromCharCode(byte);
    escaped += `%${byte.toString(16).padStart(2, '0')}`;
  }
  try {
    return decodeURIComponent(escaped);
  } catch (error) {
    if (error instanceof URIError) return plain;
    throw error;
  }
}

/** All numbers of a tag, or undefined where it is absent or text. */
export function findNumbers(directory: TiffDirectory, tag: number): readonly number[] | Float64Array | undefined {
  const value = directory.tags.get(tag);
  return typeof value === 'string' ? undefined : value;
}

/** First number of a tag. */
export function findNumber(directory: TiffDirectory, tag: number): number | undefined {
  return findNumbers(directory, tag)?.[0];
}

export function findText(directory: TiffDirectory, tag: number): string | undefined {
  const value = directory.tags.get(tag);
  return typeof value === 'string' ? value : undefined;
}
