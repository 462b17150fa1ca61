import { readFile } from 'node:fs/promises';
import iconv from 'iconv-lite';
import { assemblePolygons } from '../../../gis/geometry/assemble.ts';
import type { Polygonal, Position } from '../../../gis/types.ts';
import { UnusableFile } from './zone-file.ts';
import type { ZoneFile, ZoneRecord } from './zone-file.ts';

const POLYGONS = new Set([5, 15, 25]);

/**
 * A Shapefile by its .shp, with .prj, .dbf and .cpg beside it. Rings are put together by how they lie in each other, not by how they are
 * wound: half of the world's writers get that wrong. Without .prj the system is unknown, and that is a fault.
 */
export async function readShapefileZones(path: string): Promise<ZoneFile> {
  const stem = path.replace(/\.shp$/i, '');
  const beside = (extension: string): Promise<Buffer | undefined> =>
    readFile(`${stem}.${extension}`).catch(() => readFile(`${stem}.${extension.toUpperCase()}`).catch(() => undefined));
  const [shp, prj, dbf, cpg] = await Promise.all([readFile(path), beside('prj'), beside('dbf'), beside('cpg')]);
  if (prj === undefined) throw new UnusableFile(path, 'has no .prj beside it: its coordinate system is unknown');
  const shapes = readShapes(path, shp);
  const rows = dbf === undefined ? [] : readTable(path, dbf, cpg?.toString('latin1').trim());
  return {
    crs: prj.toString('utf8').trim(),
    records: shapes.map((geometry, index): ZoneRecord => ({ id: index, properties: rows[index] ?? {}, geometry })),
  };
}

function readShapes(path: string, bytes: Buffer): (Polygonal | undefined)[] {
  if (bytes.length < 100 || bytes.readInt32BE(0) !== 9994) throw new UnusableFile(path, 'is not a Shapefile');
  const shapes: (Polygonal | undefined)[] = [];
  for (let at = 100; at + 12 <= bytes.length;) {
    const length = bytes.readInt32BE(at + 4) * 2;
    const record = bytes.subarray(at + 8, at + 8 + length);
    if (length < 4 || record.length < length) throw new UnusableFile(path, `ends within record ${shapes.length + 1}`);
    shapes.push(readShape(path, record, shapes.length + 1));
    at += 8 + length;
  }
  return shapes;
}

function readShape(path: string, record: Buffer, number: number): Polygonal | undefined {
  const type = record.readInt32LE(0);
  if (type === 0) return undefined;
  if (!POLYGONS.has(type)) throw new UnusableFile(path, `record ${number} is not a polygon (shape type ${type})`);
  const partCount = record.length >= 44 ? record.readInt32LE(36) : -1;
  const pointCount = record.length >= 44 ? record.readInt32LE(40) : -1;
  const pointsAt = 44 + 4 * partCount;
  if (partCount < 0 || pointCount < 0 || pointsAt + 16 * pointCount > record.length) {
    throw new UnusableFile(path, `record ${number} is damaged`);
  }
  const rings = Array.from({ length: partCount }, (_, part): Position[] => {
    const from = record.readInt32LE(44 + 4 * part);
    const to = part + 1 < partCount ? record.readInt32LE(48 + 4 * part) : pointCount;
    if (from < 0 || to > pointCount || from > to) throw new UnusableFile(path, `record ${number} is damaged`);
    return Array.from({ length: to - from }, (_, i): Position => {
      const at = pointsAt + 16 * (from + i);
      return [record.readDoubleLE(at), record.readDoubleLE(at + 8)];
    });
  }).filter(ring => ring.length >= 4);
  const [only] = rings;
  return rings.length === 1 && only !== undefined ? { type: 'Polygon', coordinates: [only] } : assemblePolygons(rings);
}

/** Code pages by the language driver byte of dBASE, the ones met in the field. */
const DRIVERS: Readonly<Record<number, string>> = {
  0x4d: 'gbk',
  0x4f: 'big5',
  0x13: 'shift_jis',
  0x03: 'win1252',
  0x57: 'win1252',
  0x7b: 'shift_jis',
};

function readTable(path: string, bytes: Buffer, declared: string | undefined): Record<string, unknown>[] {
  if (bytes.length < 33) throw new UnusableFile(path, 'has a damaged .dbf');
  const recordCount = bytes.readUInt32LE(4);
  const headerLength = bytes.readUInt16LE(8);
  const recordLength = bytes.readUInt16LE(10);
  const encoding = encodingOf(declared, bytes[29] ?? 0, bytes.subarray(headerLength));
  const fields: { name: string; type: string; start: number; length: number }[] = [];
  let start = 1;
  for (let at = 32; at + 32 <= headerLength && bytes[at] !== 0x0d; at += 32) {
    const name = iconv.decode(bytes.subarray(at, at + 11), encoding).replace(/\0.*$/s, '');
    const length = bytes[at + 16] as number;
    fields.push({ name, type: String.fromCharCode(bytes[at + 11] as number), start, length });
    start += length;
  }
  const present = recordLength > 0 ? Math.floor((bytes.length - headerLength) / recordLength) : 0;
  return Array.from({ length: Math.min(recordCount, present) }, (_, row) => {
    const base = headerLength + row * recordLength;
    return Object.fromEntries(
      fields.map(field => {
        const raw = bytes.subarray(base + field.start, base + field.start + field.length);
        const text = iconv.decode(raw, encoding).replace(/\0.*$/s, '').trim();
        const isNumber = 'NF'.includes(field.type) && text !== '' && Number.isFinite(Number(text));
        return [field.name, isNumber ? Number(text) : text];
      }),
    );
  });
}

function encodingOf(declared: string | undefined, driver: number, sample: Buffer): string {
  if (declared !== undefined) {
    const name = /^\d+$/.test(declared) ? `cp${declared}` : declared;
    if (iconv.encodingExists(name)) return name;
  }
  const known = DRIVERS[driver];
  if (known !== undefined) return known;
  // Nothing says: UTF-8 if it is that, else the code page of Chinese Windows, which holds ASCII too.
  return sample
    .subarray(0, 1 << 16)
    .toString('utf8')
    .includes('\uFFFD')
    ? 'gbk'
    : 'utf8';
}
