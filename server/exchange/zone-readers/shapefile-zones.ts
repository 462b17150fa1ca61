import { access, readFile } from 'node:fs/promises';
import iconv from 'iconv-lite';
import { assemblePolygons } from '../../../gis/geometry/assemble.ts';
import type { Position } from '../../../gis/types.ts';
import { FileWindow } from '../survey-files/bytes/file-window.ts';
import { UnusableFile } from './zone-file.ts';
import type { ZoneRecord, ZoneVisitor } from './zone-file.ts';

const POLYGONS = new Set([5, 15, 25]);
/** One record may be this large; a file has no limit. */
const MAX_RECORD_BYTES = 512 << 20;
/** So much of the attribute table tells its encoding. */
const SAMPLE_BYTES = 1 << 16;

/**
 * A Shapefile by its .shp, with .prj, .dbf and .cpg beside it, record by record. Rings are put together by how they lie in each other, not by
 * how they are wound: half of the world's writers get that wrong. Without .prj the system is unknown, and that is a fault.
 */
export async function readShapefileZones(path: string, visitor: ZoneVisitor): Promise<void> {
  const stem = path.replace(/\.shp$/i, '');
  const beside = async (extension: string): Promise<string | undefined> => {
    const names = [extension, extension.toUpperCase()].map(ending => `${stem}.${ending}`);
    const found = await Promise.all(
      names.map(name =>
        access(name).then(
          () => true,
          () => false,
        ),
      ),
    );
    return names.find((_, i) => found[i]);
  };
  const [prj, dbf, cpg] = await Promise.all([beside('prj'), beside('dbf'), beside('cpg')]);
  if (prj === undefined) throw new UnusableFile(path, 'has no .prj beside it: its coordinate system is unknown');
  const crs = (await readFile(prj, 'utf8')).trim();
  const declared = cpg === undefined ? undefined : (await readFile(cpg, 'latin1')).trim();
  const shapes = new FileWindow(path);
  const table = dbf === undefined ? undefined : openTable(path, dbf, declared);
  try {
    visitor.begin(crs);
    let index = 0;
    for (const geometry of readShapes(path, shapes)) {
      visitor.visit({ id: index, properties: table?.row(index) ?? {}, geometry });
      index += 1;
    }
    // A broken length of a record makes the next ones part of it.
    if (table !== undefined && table.rowCount > index)
      throw new UnusableFile(path, `has ${index} shapes but ${table.rowCount} rows in its .dbf`);
  } finally {
    shapes.close();
    table?.close();
  }
}

function* readShapes(path: string, file: FileWindow): Generator<ZoneRecord['geometry']> {
  const head = file.read(0, 100);
  if (head.length < 100 || head.readInt32BE(0) !== 9994) throw new UnusableFile(path, 'is not a Shapefile');
  // Cut between two records it would pass for a whole one.
  if (head.readInt32BE(24) * 2 > file.size) throw new UnusableFile(path, 'is cut short');
  let number = 1;
  for (let at = 100; at + 12 <= file.size; number += 1) {
    const length = file.read(at, 8).readInt32BE(4) * 2;
    if (length < 4 || length > MAX_RECORD_BYTES || at + 8 + length > file.size)
      throw new UnusableFile(path, `ends within record ${number}`);
    yield readShape(path, file.read(at + 8, length), number);
    at += 8 + length;
  }
}

function readShape(path: string, record: Buffer, number: number): ZoneRecord['geometry'] {
  const type = record.readInt32LE(0);
  if (type === 0) return undefined;
  if (!POLYGONS.has(type)) throw new UnusableFile(path, `record ${number} is not a polygon (shape type ${type})`);
  const partCount = record.length >= 44 ? record.readInt32LE(36) : -1;
  const pointCount = record.length >= 44 ? record.readInt32LE(40) : -1;
  const pointsAt = 44 + 4 * partCount;
  if (partCount < 0 || pointCount < 0 || pointsAt + 16 * pointCount > record.length) {
    throw new UnusableFile(path, `record ${number} is damaged`);
  }
  const bounds = Array.from({ length: partCount }, (_, part): [from: number, to: number] => {
    const from = record.readInt32LE(44 + 4 * part);
    const to = part + 1 < partCount ? record.readInt32LE(48 + 4 * part) : pointCount;
    if (from < 0 || to > pointCount || from > to) throw new UnusableFile(path, `record ${number} is damaged`);
    return [from, to];
  }).filter(([from, to]) => to - from >= 4);
  const points = doublesOf(record, pointsAt, 2 * pointCount);
  const [only] = bounds;
  if (bounds.length === 1 && only !== undefined) {
    const [from, to] = only;
    const positions = points.subarray(2 * from, 2 * to);
    return { kind: 'polygons', positions, ringEnds: Uint32Array.of(to - from), partEnds: Uint32Array.of(1) };
  }
  return assemblePolygons(bounds.map(([from, to]) => ringOf(points, from, to)));
}

/** A copy of the numbers, which lie at no even place. */
function doublesOf(bytes: Buffer, at: number, count: number): Float64Array {
  const numbers = new Float64Array(count);
  const copy = Buffer.from(numbers.buffer);
  bytes.copy(copy, 0, at, at + 8 * count);
  if (!isLittleEndian) copy.swap64();
  return numbers;
}

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

function ringOf(points: Float64Array, from: number, to: number): Position[] {
  const ring: Position[] = [];
  for (let i = from; i < to; i += 1) ring.push([points[2 * i] as number, points[2 * i + 1] as number]);
  return ring;
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

interface Table {
  readonly rowCount: number;
  row(index: number): Record<string, unknown>;
  close(): void;
}

function openTable(path: string, dbf: string, declared: string | undefined): Table {
  const file = new FileWindow(dbf);
  const head = Buffer.from(file.read(0, 32));
  const headerLength = head.length < 32 ? 0 : head.readUInt16LE(8);
  if (headerLength < 33) {
    file.close();
    throw new UnusableFile(path, 'has a damaged .dbf');
  }
  const recordCount = head.readUInt32LE(4);
  const recordLength = head.readUInt16LE(10);
  const encoding = encodingOf(declared, head[29] ?? 0, file.read(headerLength, SAMPLE_BYTES));
  const fields = readFields(Buffer.from(file.read(0, headerLength)), encoding);
  return {
    rowCount: recordCount,
    row(index) {
      const bytes = index < recordCount ? file.read(headerLength + index * recordLength, recordLength) : undefined;
      // Without it zones would lose their names in silence.
      if (bytes === undefined || bytes.length < recordLength)
        throw new UnusableFile(path, `has a .dbf that ends before record ${index + 1}`);
      return Object.fromEntries(fields.map(field => [field.name, readCell(bytes, field, encoding)]));
    },
    close: () => file.close(),
  };
}

interface Field {
  readonly name: string;
  readonly type: string;
  readonly start: number;
  readonly length: number;
}

function readFields(header: Buffer, encoding: string): Field[] {
  const fields: Field[] = [];
  let start = 1;
  for (let at = 32; at + 32 <= header.length && header[at] !== 0x0d; at += 32) {
    const name = iconv.decode(header.subarray(at, at + 11), encoding).replace(/\0.*$/s, '');
    const length = header[at + 16] as number;
    fields.push({ name, type: String.fromCharCode(header[at + 11] as number), start, length });
    start += length;
  }
  return fields;
}

function readCell(record: Buffer, { start, length, type }: Field, encoding: string): string | number {
  const text = iconv
    .decode(record.subarray(start, start + length), encoding)
    .replace(/\0.*$/s, '')
    .trim();
  const isNumber = 'NF'.includes(type) && text !== '' && Number.isFinite(Number(text));
  return isNumber ? Number(text) : text;
}

function encodingOf(declared: string | undefined, driver: number, sample: Buffer): string {
  if (declared !== undefined) {
    const name = /^\d+$/.test(declared) ? `cp${declared}` : declared;
    if (iconv.encodingExists(name)) return name;
  }
  const known = DRIVERS[driver];
  if (known !== undefined) return known;
  // Nothing says: UTF-8 if it is that, else the code page of Chinese Windows, which holds ASCII too.
  return sample.toString('utf8').includes('\uFFFD') ? 'gbk' : 'utf8';
}
