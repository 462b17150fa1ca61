import { saysCgcs2000 } from '../bytes/datum-in-words.ts';
import { headingOf, namesOfOthers } from './other-columns.ts';
import type { Cell, TableColumns, TableRow } from './table.ts';

const PATTERNS = {
  point:
    /^(界址|拐|边界|控制)?点(编|名|位)?号?$|^(界址点|拐点)(编号|名称|序号)$|^(point|pt|vertex)(\s*(no|id|name|number))?\.?$/i,
  /** Numbers of rows, taken for those of points where there are no others. */
  count: /^序号$|^no\.?$/i,
  ring: /圈号|环号|^ring(\s*no)?$|^part$/i,
  plot: /^(地块|图斑|宗地|区块|区域|矿区)(编号|名称|号|名)?$|^(plot|parcel|block|polygon|area\s*name)(\s*(no|id|name))?$/i,
  lng: /经度|东经|^(lng|lon|long|longitude|l)$/i,
  lat: /纬度|北纬|^(lat|latitude|b)$/i,
  easting: /^(easting|east|e)$|东坐标|横坐标|^东\(?y?\)?$/i,
  northing: /^(northing|north|n)$|北坐标|纵坐标|^北\(?x?\)?$/i,
  x: /^x(\s*坐标)?$|^坐标x$|^x轴$/i,
  y: /^y(\s*坐标)?$|^坐标y$|^y轴$/i,
  area: /面积|^area$/i,
} as const;

const PAIRS = [
  [PATTERNS.lng, PATTERNS.lat, 'named'],
  [PATTERNS.easting, PATTERNS.northing, 'named'],
  [PATTERNS.x, PATTERNS.y, 'surveyed'],
] as const;

const plain = (cell: Cell): string =>
  String(cell ?? '')
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/[（(](m|米|度|°|dms|d\.ms|度分秒|2000|cgcs2000|hm2|hm²|ha|公顷|亩|m2|m²|㎡|平方米)[)）]$/i, '');

/** Whether one of the first rows names two columns of coordinates. */
export const hasCoordinateHeading = (rows: readonly TableRow[]): boolean => headingAt(rows.slice(0, 30)) !== undefined;

/** The first row that names two columns of coordinates, and what its columns hold. */
export function headingAt(head: readonly TableRow[]): { columns: TableColumns; index: number } | undefined {
  for (const [index, row] of head.entries()) {
    if (columnsByHeading(row, []) === undefined) continue;
    const columns = columnsByHeading(row, head.slice(Math.max(0, index - MAX_ROWS_ABOVE), index));
    return columns && { columns, index };
  }
  return undefined;
}

/** A heading has three rows at most. */
const MAX_ROWS_ABOVE = 2;
const isBlank = (cell: Cell | undefined): boolean => cell === undefined || cell === null || String(cell).trim() === '';

/** The lowest row of a heading, and in its blanks what stands above them: a cell over several rows is written in the first of them. */
function withRowsAbove(row: TableRow, above: readonly TableRow[]): TableRow {
  // A title stands alone in its row.
  const headings = above.filter(one => one.filter(cell => !isBlank(cell)).length > 1);
  const width = Math.max(row.length, ...headings.map(one => one.length));
  return Array.from({ length: width }, (_unused, column) => {
    const own = row[column] ?? null;
    const over = headings.findLast(one => !isBlank(one[column]))?.[column] ?? null;
    if (isBlank(own)) return over;
    return over !== null && UNIT_ALONE.test(String(own)) ? `${String(over)}${String(own).trim()}` : own;
  });
}

/** `（公顷）` below `面积`. */
const UNIT_ALONE = /^\s*[（(][^（()）]{1,12}[)）]\s*$/;

/** What stands over a column, also where it stands over several and is written over the first of them. */
const labelOf = (column: number, above: readonly TableRow[]): string =>
  above.map(row => String(row.slice(0, column + 1).findLast(cell => !isBlank(cell)) ?? '')).join(' ');

/** What a heading may be read as: the whole, and the words of one that says it in two languages. */
const readingsOf = (cell: Cell): string[] => [
  plain(cell),
  ...String(cell ?? '')
    .trim()
    .split(/\s+/)
    .map(plain)
    .filter(word => word.length > 1),
];

function columnsByHeading(lowest: TableRow, above: readonly TableRow[]): TableColumns | undefined {
  const row = withRowsAbove(lowest, above);
  const names = row.map(readingsOf);
  const findAll = (pattern: RegExp): number[] => {
    const among = (test: (readings: string[]) => boolean): number[] =>
      names.flatMap((readings, index) => (test(readings) ? [index] : []));
    const whole = among(([name = '']) => pattern.test(name));
    return whole.length > 0 ? whole : among(readings => readings.some(name => pattern.test(name)));
  };
  const find = (pattern: RegExp): number | undefined => findAll(pattern)[0];
  const chosen = PAIRS.map(([first, second, order]) => {
    const [firsts, seconds] = [findAll(first), findAll(second)];
    // A column that is called both holds both.
    const without = (columns: readonly number[], others: readonly number[]): number[] =>
      columns.filter(column => !others.includes(column));
    return [without(firsts, seconds), without(seconds, firsts), order] as const;
  }).find(([first, second]) => first.length > 0 && second.length > 0);
  if (chosen === undefined) return undefined;
  const [firsts, seconds, order] = chosen;
  // The same land in two systems, side by side: the one that can be read without parameters.
  const first =
    firsts.find(column => firsts.length > 1 && saysCgcs2000(labelOf(column, above))) ?? (firsts[0] as number);
  const second =
    firsts.length === seconds.length
      ? (seconds[firsts.indexOf(first)] as number)
      : (seconds.toSorted((a, b) => Math.abs(a - first) - Math.abs(b - first))[0] as number);
  const [ring, plot, area] = [PATTERNS.ring, PATTERNS.plot, PATTERNS.area].map(find);
  const point = find(PATTERNS.point) ?? find(PATTERNS.count);
  const heading = area === undefined ? '' : String(row[area] ?? '').normalize('NFKC');
  const beside = [
    { taken: first, left: firsts.filter(column => column !== first) },
    { taken: second, left: seconds.filter(column => column !== second) },
  ].filter(({ left }) => left.length > 0);
  const used = new Set([first, second, point, ring, plot, area, ...beside.flatMap(({ left }) => left)]);
  const { others, repeated } = namesOfOthers(row, used);
  return {
    first,
    second,
    order,
    point,
    ring,
    plot,
    area,
    areaUnitM2: /亩/.test(heading)
      ? 10_000 / 15
      : /公顷|hm|ha/i.test(heading)
        ? 10_000
        : /m2|m²|平方米|㎡/i.test(heading)
          ? 1
          : undefined,
    others,
    repeated: [...beside.map(one => ({ ...one, name: headingOf(row, one.taken), isKept: false })), ...repeated],
    label: beside.length > 0 ? labelOf(first, above) : undefined,
    ...(chosen[0].some(column => readingsOf(row[column] ?? null).some(name => PATTERNS.lng.test(name)))
      ? { saysDegrees: true }
      : {}),
  };
}
