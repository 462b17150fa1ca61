import { readFileSync } from 'node:fs';
import type { ReadingContext, SurveyFile, SurveyRing, SurveyRow } from '../survey-file.ts';
import { olderDatum } from '../bytes/datum-in-words.ts';
import { decodeText } from '../bytes/decode-text.ts';
import { halfWidth } from '../bytes/numbers.ts';
import { IMPORT_LIMITS } from '../limits.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import { readHeaderSection, type BoundaryPointsHeader } from './header-section.ts';
import { readPlotLine, type PlotHead, type PlotPoint } from './plot-lines.ts';

interface Plot {
  readonly head: PlotHead | undefined;
  readonly line: number;
  /** Written with degree signs, by its first point. */
  isInDegrees: boolean;
  readonly points: KeptPoint[];
}

/** Of a file there may be millions at a time. */
interface KeptPoint extends Pick<PlotPoint, 'name' | 'ring' | 'first' | 'second'> {
  readonly line: number;
}

/**
 * 勘测定界界址点坐标: `[属性描述]` with `名称=值`, `[地块坐标]` with plots of points. Reads every variant met in the field and says what it
 * met: 8 or 9 fields, blanks, units at the area, `J` numbers, closing points there or not, full-width signs, missing sections.
 */
export function readBoundaryPoints(context: ReadingContext): SurveyFile {
  const { report, choices } = context;
  const { text, encoding } = decodeText(readFileSync(context.path), choices.encoding, report);
  const { values, plots } = readSections(text, choices.encoding !== undefined, report);
  if (plots.every(plot => plot.points.length === 0)) throw new UnreadableFile('no-boundary-points');
  const header = readHeaderSection(values);
  const isInDegrees = plots.some(plot => plot.isInDegrees);
  return {
    format: 'boundary-points',
    encoding,
    declaredCrs: header.declaredCrs,
    coordinates: coordinatesOf(header, isInDegrees),
    offset: header.datum === 'gcj02' ? 'GCJ-02' : header.datum === 'bd09' ? 'BD-09' : undefined,
    fields: ['地块编号', '地块名称', '图幅号', '地块用途', '地类编码'],
    rows: plots.map((plot, index) => toRow(plot, index + 1, isInDegrees ? 1 : header.unitM, context)),
  };
}

/** Degrees are of no zone, but of a datum like any others. */
function coordinatesOf(header: BoundaryPointsHeader, isInDegrees: boolean): SurveyFile['coordinates'] {
  const { datum, transformation } = header;
  const hints = isInDegrees ? {} : header.hints;
  return {
    kind: 'unknown',
    hints,
    ...(isInDegrees ? { notation: 'degrees' } : {}),
    ...(datum === 'xian80' || datum === 'beijing54' ? { datum: olderDatum(datum, transformation) } : {}),
  };
}

/** Lines of [属性描述] that say where the numbers lie. */
const PLACES = /^坐标系(统|名称)?$|^带号$|分带|^中央(子午线|经线)|^计量单位$|^单位$|^转换参数$/;

const isOther = (first: string | undefined, value: string): boolean =>
  value !== '' && first !== undefined && first !== '' && first !== value;

type Values = Map<string, string>;

function readSections(
  text: string,
  isEncodingChosen: boolean,
  report: ReadingContext['report'],
): { values: Values; plots: Plot[] } {
  const values: Values = new Map();
  const plots: Plot[] = [];
  const told = new Set<string>();
  const tellOnce = (code: string, line: number): void => {
    if (!told.has(code)) report({ code, severity: 'info', params: { line } });
    told.add(code);
  };
  const tellDamaged = (line: number, text: string): void => {
    const choices = ['UTF-8', 'GB18030'].map(encoding => ({
      code: 'use-encoding',
      params: { encoding },
      fixes: { encoding },
    }));
    const row = plots.length + (/[@,，]\s*$/.test(text) || plots.length === 0 ? 1 : 0);
    const severity = isEncodingChosen ? 'warning' : 'error';
    report({ code: 'line-damaged', severity, row, params: { line, text: text.slice(0, 80) }, choices });
  };
  let sections = 0;
  let number = 0;
  let count = 0;
  for (const raw of linesOf(text)) {
    number++;
    const line = halfWidth(raw).replaceAll('\u0000', '').trim();
    if (line === '') continue;
    if (/[，＝．［］＠０-９]/.test(raw)) tellOnce('full-width-characters', number);
    if (/^\[.*\]$/.test(line)) {
      sections++;
      continue;
    }
    const pair = line.includes('=') ? /^([^,=]+?)\s*=\s*(.*)$/.exec(line) : null;
    if (pair !== null) {
      const [name, value] = [(pair[1] ?? '').replace(/\s/g, ''), (pair[2] ?? '').trim()];
      if (plots.length === 0) values.set(name, value);
      else if (PLACES.test(name) && isOther(values.get(name), value))
        report({
          code: 'header-differs',
          severity: 'error',
          params: { line: number, name, first: values.get(name), value },
        });
      continue;
    }
    if (line.includes('\uFFFD')) tellDamaged(number, line);
    const read = readPlotLine(line);
    if (read.kind === 'head') {
      if (!read.head.hasAt) tellOnce('plot-head-without-at', number);
      plots.push({ head: read.head, line: number, isInDegrees: false, points: [] });
      if (plots.length > IMPORT_LIMITS.rows) throw new UnreadableFile('too-many-rows', { limit: IMPORT_LIMITS.rows });
    } else if (read.kind === 'point') {
      if (!read.point.hasRing) tellOnce('ring-number-missing', number);
      if (plots.length === 0) plots.push({ head: undefined, line: number, isInDegrees: false, points: [] });
      const plot = plots.at(-1) as Plot;
      const { name, ring, first, second, isInDegrees } = read.point;
      if (plot.points.length === 0) plot.isInDegrees = isInDegrees;
      plot.points.push({ name, ring, first, second, line: number });
      if (++count > IMPORT_LIMITS.verticesPerFile)
        throw new UnreadableFile('too-many-vertices', { count, limit: IMPORT_LIMITS.verticesPerFile });
    } else {
      const row = Math.max(1, plots.length);
      const params = { line: number, text: line.slice(0, 80) };
      if (read.isRemark) report({ code: 'line-passed-over', severity: 'info', params });
      else report({ code: 'line-unreadable', severity: 'error', row, params });
    }
  }
  if (sections === 0) tellOnce('sections-missing', 1);
  return { values, plots };
}

/** Lines one by one: all of them beside the text they are cut from would take more room than the text. */
function* linesOf(text: string): Generator<string> {
  const ends = /\r\n|\n|\r/g;
  let from = text.startsWith('\uFEFF') ? 1 : 0;
  for (let end = ends.exec(text); end !== null; end = ends.exec(text)) {
    yield text.slice(from, end.index);
    from = ends.lastIndex;
  }
  yield text.slice(from);
}

function toRow(plot: Plot, number: number, unitM: number, { report, choices }: ReadingContext): SurveyRow {
  const { head } = plot;
  const kind = head?.kind ?? '';
  const isArea = !/^(点|线|(multi)?(point|line|polyline))/i.test(kind);
  if (!isArea) report({ code: 'plot-not-area', severity: 'warning', row: number, params: { kind } });
  else if (kind !== '' && !/面|area|polygon/i.test(kind)) {
    // Something has moved in the head of the plot: what else it says may be moved as well.
    const fix = { code: 'take-areas', fixes: { takeAreas: true } };
    const severity = choices.takeAreas === true ? 'warning' : 'error';
    const params = { kind: kind.slice(0, 40), line: plot.line };
    report({ code: 'plot-kind-unknown', severity, row: number, params, ...(severity === 'error' ? { fix } : {}) });
  }
  const rings = ringsOf(plot, number, unitM, report);
  const stated = head?.pointCount;
  const count = plot.points.length;
  // Counting the repeated closing points or not are both in use.
  const closing = rings.filter(ring => ring.isClosed).length;
  if (stated !== undefined && stated !== count && stated !== count - closing && stated !== count + rings.length) {
    report({ code: 'point-count-differs', severity: 'warning', row: number, params: { stated, count } });
  }
  const unit = choices.areaUnitM2 ?? head?.areaUnitM2 ?? 10_000;
  return {
    number,
    name: head?.name || head?.number || undefined,
    attributes: {
      地块编号: head?.number ?? '',
      地块名称: head?.name ?? '',
      图幅号: head?.sheet ?? '',
      地块用途: head?.use ?? '',
      地类编码: head?.landClass ?? '',
    },
    declaredAreaM2: head?.area === undefined ? undefined : head.area * unit,
    shape: isArea && rings.length > 0 ? { kind: 'rings', rings: rings.map(ring => ring.ring) } : undefined,
  };
}

interface ReadRing {
  readonly ring: SurveyRing;
  readonly isClosed: boolean;
}

function ringsOf(plot: Plot, row: number, unitM: number, report: ReadingContext['report']): ReadRing[] {
  const scale = unitM === 0 ? 1 : unitM;
  return pointsOfRings(plot.points, row, report).map(points => {
    const mended = mendClosing(points, row, report);
    const first = mended[0] as KeptPoint;
    const last = mended.at(-1) as KeptPoint;
    const pairs = new Float64Array(2 * mended.length);
    for (const [index, point] of mended.entries()) {
      pairs[2 * index] = point.first * scale;
      pairs[2 * index + 1] = point.second * scale;
    }
    return {
      ring: { pairs, names: mended.map(point => point.name) },
      isClosed: mended.length > 1 && first.first === last.first && first.second === last.second,
    };
  });
}

/** Points with one ring number; where they close and go on, the next ring has the number as well. */
function pointsOfRings(points: Plot['points'], row: number, report: ReadingContext['report']): KeptPoint[][] {
  const rings: KeptPoint[][] = [];
  const open = new Map<string, KeptPoint[]>();
  for (const point of points) {
    let ring = open.get(point.ring);
    const restarts = ring !== undefined && !isRound(ring) && beginsAnew(ring, point);
    if (restarts) report({ code: 'ring-restarts', severity: 'info', row, point: point.name });
    if (ring === undefined || restarts || isRound(ring)) {
      const isClosingTwice = ring?.[0] !== undefined && isSamePlace(ring[0], point);
      if (ring !== undefined && isClosingTwice) {
        const names = `${ring.at(-1)?.name} = ${point.name}`;
        report({ code: 'point-twice', severity: 'warning', row, point: names, params: { line: point.line } });
        continue;
      }
      ring = [];
      rings.push(ring);
      open.set(point.ring, ring);
    }
    ring.push(point);
  }
  return rings;
}

/** The name of the first point of a ring again, elsewhere: the next ring has the same number. */
const beginsAnew = (
  ring: readonly KeptPoint[],
  { name, first, second }: Pick<KeptPoint, 'name' | 'first' | 'second'>,
): boolean => {
  const [start] = ring;
  if (start === undefined || ring.length < 3 || name === '' || name !== start.name) return false;
  return start.first !== first && start.second !== second;
};

const isSamePlace = (a: KeptPoint, b: KeptPoint): boolean => a.first === b.first && a.second === b.second;

const isRound = (ring: readonly KeptPoint[]): boolean =>
  ring.length > 3 && isSamePlace(ring[0] as KeptPoint, ring.at(-1) as KeptPoint);

/** One program in use closes a ring with the first coordinate written twice: that is the first point. */
function mendClosing(points: KeptPoint[], row: number, report: ReadingContext['report']): KeptPoint[] {
  const first = points[0];
  const last = points.at(-1);
  if (first === undefined || last === undefined || points.length < 4) return points;
  const isBroken = last.first === first.first && last.second !== first.second && last.second === last.first;
  if (!isBroken) return points;
  report({ code: 'closing-point-broken', severity: 'warning', row, point: last.name, params: { value: last.first } });
  return [...points.slice(0, -1), { ...last, second: first.second }];
}
