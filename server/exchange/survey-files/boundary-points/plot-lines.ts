import { areaUnitM2, readDegrees, readNumber } from '../bytes/numbers.ts';

/** A line that opens a plot: 界址点数,地块面积,地块编号,地块名称,记录图形属性,图幅号,地块用途,地类编码,@ */
export interface PlotHead {
  readonly pointCount: number | undefined;
  readonly area: number | undefined;
  /** m² in the unit that stands at the area; undefined where none does. */
  readonly areaUnitM2: number | undefined;
  readonly number: string;
  readonly name: string;
  readonly kind: string;
  readonly sheet: string;
  readonly use: string;
  readonly landClass: string;
  readonly hasAt: boolean;
}

/** A line of a point: 点号,地块圈号,X坐标,Y坐标. */
export interface PlotPoint {
  readonly name: string;
  readonly ring: string;
  readonly first: number;
  readonly second: number;
  readonly hasRing: boolean;
  /** Written with degree signs. */
  readonly isInDegrees: boolean;
}

/** A coordinate, or what is left of one: a line without any was never a point. */
const LONG_NUMBER = /\d{6}|\d+\.\d{3}|\d+°\d+/;

export type PlotLine =
  | { readonly kind: 'head'; readonly head: PlotHead }
  | { readonly kind: 'point'; readonly point: PlotPoint }
  | { readonly kind: 'broken'; readonly isRemark: boolean };

/** Tells what a line of [地块坐标] is; `line` has half-width characters already. */
export function readPlotLine(line: string): PlotLine {
  const fields = fieldsOf(line);
  if (line.includes('@')) return { kind: 'head', head: readHead(fields, true) };
  const point = readPoint(fields) ?? readPoint(ofThousands(line));
  if (point !== undefined) return { kind: 'point', point };
  const opensPlot = fields.length >= 5 && /^\d+$/.test(fields[0] ?? '') && readArea(fields[1] ?? '') !== undefined;
  return opensPlot
    ? { kind: 'head', head: readHead(fields, false) }
    : { kind: 'broken', isRemark: !LONG_NUMBER.test(line) && !namesPoint(fields) };
}

/** Between commas, or else between blanks; a field in quotation marks may hold commas. */
function fieldsOf(line: string): string[] {
  const listed = line.replace(/[、;]/g, ',');
  if (!listed.includes(',')) return line.trim().split(/\s+/);
  if (!listed.includes('"')) return listed.split(',').map(field => field.trim());
  return [...listed.matchAll(/(?:^|,)\s*(?:"((?:[^"]|"")*)"\s*(?=,|$)|([^,]*))/g)].map(([, quoted, plain = '']) =>
    (quoted?.replaceAll('""', '"') ?? plain).trim(),
  );
}

/** `J1,1,3,751,508.512,39,438,683.652`: with decimals it can be told where the first number ends. */
const THOUSANDS = /^([^,]*),(?:(-?\d{0,4}),)?(\d{1,3}(?:,\d{3}){2}\.\d+),(\d{1,3}(?:,\d{3}){1,2}(?:\.\d+)?)$/;

function ofThousands(line: string): string[] {
  const [, name = '', ring = '', first = '', second = ''] = THOUSANDS.exec(line.replace(/\s/g, '')) ?? [];
  return first === '' ? [] : [name, ring, first, second];
}

/** A point by its name and ring whose coordinates are none, such as `J4,1,NaN,`. */
const namesPoint = ([name = '', ring = '', ...others]: readonly string[]): boolean =>
  /^[A-Z]{0,2}\d{1,5}$/i.test(name) && /^-?\d{1,4}$/.test(ring) && others.length === 2;

function readPoint(fields: readonly string[]): PlotPoint | undefined {
  // A height or an empty field may follow; 点号,X,Y without a ring number is met too.
  const used = [...fields];
  while (used.length > 3 && used.at(-1) === '') used.pop();
  if (used.length < 3 || used.length > 6) return undefined;
  const [name = '', ring = '', third = '', fourth] = used;
  const isInDegrees = /[°度]/.test(third);
  const readCoordinate = (text: string): number | undefined => (isInDegrees ? readDegrees(text) : readNumber(text));
  const first = readCoordinate(third);
  const second = fourth === undefined ? undefined : readCoordinate(fourth);
  // Some programs number holes below zero.
  if (/^-?\d{0,4}$/.test(ring) && first !== undefined && second !== undefined && fourth !== undefined) {
    return { name, ring: ring === '' ? '1' : ring, first, second, hasRing: ring !== '', isInDegrees };
  }
  const x = readCoordinate(ring);
  const y = first;
  if (used.length === 3 && x !== undefined && y !== undefined) {
    return { name, ring: '1', first: x, second: y, hasRing: false, isInDegrees };
  }
  return undefined;
}

function readHead(fields: readonly string[], hasAt: boolean): PlotHead {
  const plain = fields.map(field => field.replaceAll('@', '').trim());
  const area = readArea(plain[1] ?? '');
  return {
    pointCount: readNumber(plain[0] ?? ''),
    area: area?.value,
    areaUnitM2: area?.unitM2,
    number: plain[2] ?? '',
    name: plain[3] ?? '',
    kind: plain[4] ?? '',
    sheet: plain[5] ?? '',
    use: plain[6] ?? '',
    landClass: plain[7] ?? '',
    hasAt,
  };
}

/** `6.5`, `0.7655公顷`, `11.48 亩`, or nothing. */
function readArea(text: string): { value: number | undefined; unitM2: number | undefined } | undefined {
  if (text === '') return { value: undefined, unitM2: undefined };
  const match = /^([\d.,]+)\s*(\D*)$/.exec(text);
  const value = match === null ? undefined : readNumber(match[1] ?? '');
  if (match === null || value === undefined) return undefined;
  return { value, unitM2: areaUnitM2(match[2] ?? '') };
}
