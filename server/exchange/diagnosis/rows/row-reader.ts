import { IMPORT_LIMITS } from '../../survey-files/limits.ts';
import type { SurveyFile, SurveyRow } from '../../survey-files/survey-file.ts';
import { UnreadableFile } from '../../survey-files/unreadable-file.ts';
import type { Finding } from '../finding.ts';

const SAMPLE_ROWS = 200;
const SAMPLE_POINTS = 4_000;
const POINTS_OF_ROW = 100;

/** The rows of a file within limits; the first ones can be looked at before. Files that name their system are not kept in memory. */
export class RowReader {
  private readonly head: SurveyRow[] = [];
  private readonly rest: Iterator<SurveyRow>;
  private readonly report: (finding: Finding) => void;
  private vertices = 0;
  private count = 0;

  constructor(file: SurveyFile, report: (finding: Finding) => void) {
    this.rest = file.rows[Symbol.iterator]();
    this.report = report;
    const wanted = file.coordinates.kind === 'unknown' ? IMPORT_LIMITS.rows : SAMPLE_ROWS;
    while (this.head.length < wanted) {
      const row = this.next();
      if (row === undefined) break;
      this.head.push(row);
    }
  }

  /** Pairs as they stand in the file, spread over its first rows. */
  samplePoints(): [number, number][] {
    const rings = this.head.flatMap(({ shape }) =>
      shape === undefined ? [] : shape.kind === 'rings' ? shape.rings : shape.parts.flat(),
    );
    const total = rings.reduce((sum, { pairs }) => sum + pairs.length / 2, 0);
    const step = Math.max(1, Math.floor(total / SAMPLE_POINTS));
    const points: [number, number][] = [];
    let index = 0;
    for (const { pairs } of rings) {
      for (let i = 0; i < pairs.length; i += 2, index++) {
        if (index % step === 0 || i === 0) points.push([pairs[i] as number, pairs[i + 1] as number]);
      }
    }
    return points.filter(([a, b]) => Number.isFinite(a) && Number.isFinite(b));
  }

  /** The first points of each row at hand: of all rows where the file names no system. */
  sampleRows(): { number: number; points: [number, number][] }[] {
    return this.head.map(({ number, shape }) => {
      const rings = shape === undefined ? [] : shape.kind === 'rings' ? shape.rings : shape.parts.flat();
      const points = rings.flatMap(({ pairs }) =>
        Array.from({ length: Math.min(POINTS_OF_ROW, pairs.length / 2) }, (_unused, at): [number, number] => [
          pairs[2 * at] as number,
          pairs[2 * at + 1] as number,
        ]),
      );
      return { number, points: points.filter(([a, b]) => Number.isFinite(a) && Number.isFinite(b)) };
    });
  }

  countAll(): number {
    for (const _row of this) void _row;
    return this.count;
  }

  *[Symbol.iterator](): Generator<SurveyRow> {
    yield* this.head.splice(0);
    for (let row = this.next(); row !== undefined; row = this.next()) yield row;
  }

  private next(): SurveyRow | undefined {
    const { done, value } = this.rest.next();
    if (done === true) return undefined;
    this.count++;
    if (this.count > IMPORT_LIMITS.rows) throw new UnreadableFile('too-many-rows', { limit: IMPORT_LIMITS.rows });
    const { shape } = value;
    const rings = shape === undefined ? [] : shape.kind === 'rings' ? shape.rings : shape.parts.flat();
    const count = rings.reduce((sum, { pairs }) => sum + pairs.length / 2, 0);
    this.vertices += count;
    if (this.vertices > IMPORT_LIMITS.verticesPerFile) {
      throw new UnreadableFile('too-many-vertices', { count: this.vertices, limit: IMPORT_LIMITS.verticesPerFile });
    }
    if (count <= IMPORT_LIMITS.verticesPerRow) return value;
    const params = { count, limit: IMPORT_LIMITS.verticesPerRow };
    this.report({ code: 'too-many-vertices', severity: 'error', row: value.number, params });
    return { ...value, shape: undefined };
  }
}
