import type { Finding } from '../../diagnosis/finding.ts';
import { FileWindow } from '../bytes/file-window.ts';
import { IMPORT_LIMITS } from '../limits.ts';
import type { SurveyRing, SurveyShape } from '../survey-file.ts';
import { UnreadableFile } from '../unreadable-file.ts';

const POLYGONS = new Set([5, 15, 25]);
const TYPE_NAMES: Readonly<Record<number, string>> = {
  1: 'Point',
  3: 'PolyLine',
  8: 'MultiPoint',
  11: 'PointZ',
  13: 'PolyLineZ',
  18: 'MultiPointZ',
  21: 'PointM',
  23: 'PolyLineM',
  28: 'MultiPointM',
  31: 'MultiPatch',
};

/**
 * The shapes of a .shp, record by record; the .shx is not needed. A damaged record ends the file with a finding, what was read stays.
 * @throws UnreadableFile `shapefile-damaged`, `shape-type-not-polygon`
 */
export function* readShapes(path: string, report: (finding: Finding) => void): Generator<SurveyShape | undefined> {
  const file = new FileWindow(path);
  try {
    const head = file.read(0, 100);
    if (head.length < 100 || head.readInt32BE(0) !== 9994) throw new UnreadableFile('shapefile-damaged', { record: 0 });
    const type = head.readInt32LE(32);
    if (type !== 0 && !POLYGONS.has(type)) {
      throw new UnreadableFile('shape-type-not-polygon', { type: TYPE_NAMES[type] ?? String(type) });
    }
    let number = 0;
    for (let at = 100; at + 12 <= file.size;) {
      number++;
      const length = file.read(at, 8).readInt32BE(4) * 2;
      const damaged = length < 4 || at + 8 + length > file.size || length > 512 * 1024 * 1024;
      const shape = damaged ? null : readShape(file.read(at + 8, length), number, report);
      if (shape === null) {
        report({ code: 'shapefile-damaged', severity: 'error', row: number, params: { record: number } });
        return;
      }
      yield shape;
      at += 8 + length;
    }
  } finally {
    file.close();
  }
}

/** null = damaged, undefined = nothing that can be used. */
function readShape(record: Buffer, row: number, report: (finding: Finding) => void): SurveyShape | undefined | null {
  const type = record.readInt32LE(0);
  if (type === 0) return undefined;
  if (!POLYGONS.has(type)) {
    report({
      code: 'geometry-not-polygonal',
      severity: 'warning',
      row,
      params: { type: TYPE_NAMES[type] ?? String(type) },
    });
    return undefined;
  }
  if (record.length < 44) return null;
  const partCount = record.readInt32LE(36);
  const pointCount = record.readInt32LE(40);
  if (pointCount > IMPORT_LIMITS.verticesPerRow) {
    const params = { count: pointCount, limit: IMPORT_LIMITS.verticesPerRow };
    report({ code: 'too-many-vertices', severity: 'error', row, params });
    return undefined;
  }
  const pointsAt = 44 + 4 * partCount;
  if (partCount < 0 || pointCount < 0 || pointsAt + 16 * pointCount > record.length) return null;
  const rings: SurveyRing[] = [];
  for (let part = 0; part < partCount; part++) {
    const from = record.readInt32LE(44 + 4 * part);
    const to = part + 1 < partCount ? record.readInt32LE(48 + 4 * part) : pointCount;
    if (from < 0 || to > pointCount || from > to) return null;
    const pairs = new Float64Array(2 * (to - from));
    for (let i = 0; i < pairs.length; i++) pairs[i] = record.readDoubleLE(pointsAt + 16 * from + 8 * i);
    if (pairs.length > 0) rings.push({ pairs });
  }
  return rings.length === 0 ? undefined : { kind: 'rings', rings };
}
