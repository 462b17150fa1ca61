import { ByteBuffer } from 'flatbuffers';
import { Feature } from 'flatgeobuf/lib/mjs/flat-geobuf/feature.js';
import { parseProperties } from 'flatgeobuf/lib/mjs/generic/feature.js';
import { fromByteBuffer } from 'flatgeobuf/lib/mjs/header-meta.js';
import type { HeaderMeta } from 'flatgeobuf/lib/mjs/header-meta.js';
import { calcTreeSize } from 'flatgeobuf/lib/mjs/packedrtree.js';
import { FileWindow } from '../survey-files/bytes/file-window.ts';
import { NotPolygonal, packPolygons } from './flatgeobuf/pack-polygons.ts';
import { UnusableFile } from './zone-file.ts';
import type { ZoneRecord, ZoneVisitor } from './zone-file.ts';

const MAGIC = Buffer.from([0x66, 0x67, 0x62, 0x03, 0x66, 0x67, 0x62]);
const MAX_HEADER_BYTES = 16 << 20;
/** One feature may be this large; a file has no limit. */
const MAX_FEATURE_BYTES = 512 << 20;

/**
 * FlatGeobuf, feature by feature; its header names the system, EPSG:4326 where it names none. The library's own stream reader allocates what
 * a broken file claims and takes a cut one for its end: lengths are held against the file here, and only what lies between is the library's.
 */
export async function readFlatGeobufZones(path: string, visitor: ZoneVisitor): Promise<void> {
  const file = new FileWindow(path);
  try {
    const { header, end } = orUnreadable(path, () => readHeader(path, file));
    visitor.begin(crsOf(header));
    const { featuresCount, indexNodeSize } = header;
    // A count of 0 means unknown; there is no index then.
    let at = end + (indexNodeSize > 0 && featuresCount > 0 ? calcTreeSize(featuresCount, indexNodeSize) : 0);
    let room = new Uint8Array(1 << 16);
    let number = 0;
    while (at < file.size) {
      number += 1;
      const length = 4 + lengthAt(path, file, at, `feature ${number}`);
      if (length > MAX_FEATURE_BYTES) throw new UnusableFile(path, `feature ${number} is larger than half a gigabyte`);
      if (room.length < length) room = new Uint8Array(2 * length);
      // Numbers must lie on whole words: where a feature begins in the file is anybody's guess.
      room.set(file.read(at, length));
      const bytes = room.subarray(0, length);
      visitor.visit(orUnreadable(path, () => readFeature(path, bytes, header, number)));
      at += length;
    }
    if (at > file.size || (featuresCount > 0 && number < featuresCount)) {
      throw new UnusableFile(path, `is cut short: it has ${number} of ${featuresCount} features`);
    }
  } finally {
    file.close();
  }
}

/** The library throws whatever a broken file makes of it. */
function orUnreadable<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof UnusableFile) throw cause;
    throw new UnusableFile(path, 'is not a FlatGeobuf file that can be read', { cause });
  }
}

/** The length that stands before a part of the file, all of which must be there. */
function lengthAt(path: string, file: FileWindow, at: number, part: string): number {
  const prefix = file.read(at, 4);
  const length = prefix.length < 4 ? Infinity : prefix.readUInt32LE(0);
  if (at + 4 + length > file.size) throw new UnusableFile(path, `is cut short within ${part}`);
  return length;
}

function readHeader(path: string, file: FileWindow): { readonly header: HeaderMeta; readonly end: number } {
  if (!MAGIC.equals(file.read(0, 7))) throw new UnusableFile(path, 'is not FlatGeobuf of version 3');
  const length = lengthAt(path, file, 8, 'its header');
  if (length > MAX_HEADER_BYTES) throw new UnusableFile(path, 'has a header that is too large');
  const header = fromByteBuffer(new ByteBuffer(Uint8Array.from(file.read(8, 4 + length))));
  return { header, end: 12 + length };
}

function crsOf({ crs }: HeaderMeta): string {
  if (crs !== null && crs.code > 0) return `${crs.org ?? 'EPSG'}:${crs.code}`;
  return crs?.wkt ? crs.wkt : 'EPSG:4326';
}

function readFeature(path: string, bytes: Uint8Array, header: HeaderMeta, number: number): ZoneRecord {
  const feature = Feature.getSizePrefixedRootAsFeature(new ByteBuffer(bytes));
  const geometry = feature.geometry();
  try {
    return {
      id: number,
      properties: parseProperties(feature, header.columns),
      geometry: geometry === null ? undefined : packPolygons(geometry, header.geometryType),
    };
  } catch (cause) {
    if (!(cause instanceof NotPolygonal)) throw cause;
    throw new UnusableFile(path, `feature ${number} is a ${cause.message}, not a polygon`, { cause });
  }
}
