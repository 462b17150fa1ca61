import { IMPORT_LIMITS } from '../limits.ts';
import type { AttributeValue, ReadingContext, SurveyFile, SurveyRing, SurveyRow } from '../survey-file.ts';
import { offsetInText, olderDatumInText } from '../bytes/datum-in-words.ts';
import { readDegrees, readNumber } from '../bytes/numbers.ts';
import { UnreadableFile } from '../unreadable-file.ts';
import { splitCornerString } from './corner-string.ts';
import { attributeOf, tellRepeated } from './other-columns.ts';
import { splitPairs } from './split-pairs.ts';
import { gatherColumns } from './spread-columns.ts';
import type { Cell, TableColumns, TableRow, TableSource } from './table.ts';
import { findColumns, readCoordinate } from './table-columns.ts';

interface Point {
  readonly name: string;
  readonly first: number;
  readonly second: number;
}

interface Plot {
  readonly key: string;
  readonly rings: { readonly key: string; readonly points: Point[] }[];
  readonly attributes: Record<string, AttributeValue>;
  area: number | undefined;
}

const HEAD_ROWS = 30;

/**
 * Plots of a table with one row a point. A new plot begins where the plot column changes, after an empty row, or where point names
 * start again; a point that repeats the first one closes its ring.
 * @throws UnreadableFile `table-without-coordinates`
 */
export function plotsOfTable(whole: readonly TableRow[], about: TableSource, context: ReadingContext): SurveyFile {
  const { report, choices } = context;
  const rows = withoutWidth(whole);
  let table = splitCornerString(whole) ?? gatherColumns(rows);
  let found = findColumns(table.slice(0, HEAD_ROWS));
  const split = found === undefined ? splitPairs(rows) : undefined;
  if (split !== undefined) {
    table = split.rows;
    found = findColumns(table.slice(0, HEAD_ROWS));
  }
  if (found === undefined) throw new UnreadableFile('table-without-coordinates');
  const { columns, headRows } = found;
  if (columns.guessed !== undefined)
    report({ code: 'columns-guessed', severity: 'warning', params: { columns: columns.guessed.join(', ') } });
  tellRepeated(columns.repeated, report);
  const lineOf = (index: number): number => {
    const own = split?.madeOf[index] ?? index;
    return (table === rows || split !== undefined ? about.lines?.[own] : undefined) ?? own + 1;
  };
  const plots = groupPlots(table, headRows, columns, lineOf, report);
  const unit = choices.areaUnitM2 ?? columns.areaUnitM2 ?? 10_000;
  const hasSigns = table
    .slice(headRows, headRows + 50)
    .some(row => typeof row[columns.first] === 'string' && isSigned(row[columns.first] as string));
  const words = wordsOf(table.slice(0, headRows));
  const datum = olderDatumInText(columns.label ?? words);
  return {
    format: about.format,
    encoding: about.encoding,
    declaredCrs: datum?.name ?? null,
    offset: offsetInText(words),
    coordinates: {
      kind: 'unknown',
      hints: hintsIn(words),
      ...(datum === undefined ? {} : { datum }),
      ...(columns.saysDegrees === true ? { saysDegrees: true } : {}),
      ...(columns.order === 'named' ? { order: 'easting-northing' } : {}),
      ...(hasSigns ? { notation: 'degrees' } : {}),
    },
    fields: columns.others.map(other => other.name),
    rows: plots.map((plot, index): SurveyRow => ({
      number: index + 1,
      name: plot.key === '' ? undefined : plot.key,
      attributes: plot.attributes,
      declaredAreaM2: plot.area === undefined ? undefined : plot.area * unit,
      shape: { kind: 'rings', rings: plot.rings.map(ring => toRing(ring.points)) },
    })),
  };
}

/** Rows with as many columns as are read at most. */
const withoutWidth = (rows: readonly TableRow[]): readonly TableRow[] =>
  rows.some(row => row.length > IMPORT_LIMITS.fields) ? rows.map(row => row.slice(0, IMPORT_LIMITS.fields)) : rows;

const isSigned = (text: string): boolean => readNumber(text) === undefined && readDegrees(text) !== undefined;

const toRing = (points: readonly Point[]): SurveyRing => ({
  pairs: Float64Array.from(points.flatMap(point => [point.first, point.second])),
  names: points.map(point => point.name),
});

const wordsOf = (head: readonly TableRow[]): string =>
  head
    .map(row => row.join(' '))
    .join(' ')
    .normalize('NFKC');

/** Words above the table: `3度带39带`, `中央子午线117`. */
function hintsIn(text: string) {
  const zone = /(?:带号[:：=]?\s*|第\s*)(\d{2})(?:\s*带)?/.exec(text)?.[1] ?? /(?<!\d)(\d{2})\s*带/.exec(text)?.[1];
  const width = /([36])\s*度(?:分)?带/.exec(text)?.[1];
  const meridian = /中央(?:子午线|经线)[:：=]?\s*(\d{2,3})/.exec(text)?.[1];
  return {
    declaredZone: zone === undefined ? undefined : Number(zone),
    declaredWidthDeg: width === undefined ? undefined : Number(width),
    centralMeridian: meridian === undefined ? undefined : Number(meridian),
  };
}

function groupPlots(
  rows: readonly TableRow[],
  from: number,
  columns: TableColumns,
  lineOf: (index: number) => number,
  report: ReadingContext['report'],
): Plot[] {
  const plots: Plot[] = [];
  let breaks = true;
  /** What a row above the next plot calls it. */
  let named = rows.slice(0, from).reduce<string | undefined>((name, row) => nameAlone(row) ?? name, undefined);
  const cell = (row: TableRow, index: number | undefined): Cell => (index === undefined ? null : (row[index] ?? null));
  const textOf = (row: TableRow, index: number | undefined): string => String(cell(row, index) ?? '').trim();
  for (let index = from; index < rows.length; index++) {
    const row = rows[index] as TableRow;
    if (row.every(one => one === null || one === '')) {
      breaks = true;
      continue;
    }
    const first = readCoordinate(cell(row, columns.first));
    const second = readCoordinate(cell(row, columns.second));
    const key = textOf(row, columns.plot);
    const isTotal = isTotalOf(row);
    if (isTotal && first !== undefined && second !== undefined)
      report({ code: 'line-passed-over', severity: 'info', params: { line: lineOf(index), text: shortOf(row) } });
    if (isTotal || first === undefined || second === undefined) {
      named = nameAlone(row) ?? named;
      const texts = [textOf(row, columns.first), textOf(row, columns.second)];
      /** Without its result, or `#REF!`. */
      const isFormula = texts.some(text => /^(=|#[A-Z])/.test(text));
      // Signatures, units below the heading, the heading again on the next page.
      const isWords =
        !isFormula &&
        (texts.every(text => !/\d/.test(text.normalize('NFKC'))) || /[a-z\u4e00-\u9fff]/i.test(texts[0] ?? ''));
      if (!isTotal && !isWords) {
        report({
          code: 'line-unreadable',
          severity: 'error',
          row: Math.max(1, plots.length),
          params: { line: lineOf(index), text: shortOf(row) },
        });
      }
      continue;
    }
    const current = plots.at(-1);
    const point: Point = { name: textOf(row, columns.point), first, second };
    const ringKey = textOf(row, columns.ring);
    const isOther = key !== '' && current !== undefined && key !== current.key;
    const round = breaks || isOther ? undefined : current?.rings.at(-1);
    if (round !== undefined && isClosed(round.points) && isSamePlace(round.points[0] as Point, point)) {
      const names = [round.points.at(-1)?.name, point.name].map((name, at) => name || String(round.points.length + at));
      report({ code: 'point-twice', severity: 'warning', row: plots.length, point: names.join(' = ') });
      continue;
    }
    if (
      current === undefined ||
      breaks ||
      named !== undefined ||
      isOther ||
      (columns.plot === undefined && restarts(current, point, ringKey))
    ) {
      plots.push({
        key: key === '' ? (named ?? '') : key,
        rings: [{ key: ringKey, points: [point] }],
        attributes: readOthers(row, columns),
        area: undefined,
      });
      named = undefined;
    } else {
      const ring = current.rings.at(-1) as Plot['rings'][number];
      if (ring.key === ringKey && !isClosed(ring.points)) ring.points.push(point);
      else current.rings.push({ key: ringKey, points: [point] });
      for (const [name, value] of Object.entries(readOthers(row, columns))) current.attributes[name] ??= value;
    }
    const plot = plots.at(-1) as Plot;
    const area = cell(row, columns.area);
    plot.area ??=
      typeof area === 'number'
        ? area
        : typeof area === 'string'
          ? readNumber(area.replace(/[^\d.,]+$/, ''))
          : undefined;
    breaks = false;
  }
  return plots;
}

const shortOf = (row: TableRow): string => row.join(' ').trim().slice(0, 80);
const filledOf = (row: TableRow): string[] => row.map(cell => String(cell ?? '').trim()).filter(text => text !== '');

/** A sum below the points, also of their coordinates. */
const isTotalOf = (row: TableRow): boolean =>
  /^(合\s*计|总\s*计|小\s*计|sub-?total|total|sum)\s*[:：]?$/i.test(filledOf(row)[0] ?? '');

/** `地块：甲` alone in its row. */
function nameAlone(row: TableRow): string | undefined {
  const [text = '', ...more] = filledOf(row);
  if (more.length > 0) return undefined;
  return /^(?:地块|图斑|宗地|区块|区域|采场|plot|parcel)(?:名称|编号|号)?\s*[:：]\s*(.{1,60})$/i.exec(text)?.[1];
}

/** The point names begin anew: `1` or `J1` again, at another place, in a table that has no plot column. */
function restarts(plot: Plot, point: Point, ringKey: string): boolean {
  const ring = plot.rings.at(-1);
  const first = ring?.points[0];
  if (ring === undefined || first === undefined || ring.key !== ringKey) return false;
  if (isClosed(ring.points)) return true;
  return point.name !== '' && point.name === first.name && !isSamePlace(first, point) && ring.points.length >= 3;
}

const isSamePlace = (a: Point, b: Point): boolean => a.first === b.first && a.second === b.second;

function isClosed(points: readonly Point[]): boolean {
  const [first] = points;
  const last = points.at(-1);
  return points.length > 3 && first !== undefined && first.first === last?.first && first.second === last.second;
}

function readOthers(row: TableRow, columns: TableColumns): Record<string, AttributeValue> {
  return Object.fromEntries(columns.others.map(({ index, name }) => [name, attributeOf(row[index] ?? null)]));
}
