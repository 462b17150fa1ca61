import { readDegrees, readNumber } from '../bytes/numbers.ts';

export type Cell = string | number | boolean | null;
export type TableRow = readonly Cell[];

/** Which column holds what; indexes. */
export interface TableColumns {
  readonly first: number;
  readonly second: number;
  /** `surveyed`: X then Y as the table has them; `named`: first is easting or longitude by its heading. */
  readonly order: 'surveyed' | 'named';
  readonly point: number | undefined;
  readonly ring: number | undefined;
  readonly plot: number | undefined;
  readonly area: number | undefined;
  /** Factor of the area's unit by its heading, m². */
  readonly areaUnitM2: number | undefined;
  /** Where the columns have headings that name no coordinates, and were taken for their numbers: those headings. */
  readonly guessed?: readonly string[] | undefined;
  readonly others: readonly { readonly index: number; readonly name: string }[];
}

export interface FoundColumns {
  readonly columns: TableColumns;
  /** Rows before the first point. */
  readonly headRows: number;
}

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

const plain = (cell: Cell): string =>
  String(cell ?? '')
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replace(/[（(](m|米|度|°|dms|d\.ms|度分秒|2000|cgcs2000|hm2|hm²|ha|公顷|亩|m2|m²|㎡|平方米)[)）]$/i, '');

/** A coordinate as a cell holds it: a number, or degrees with signs. */
export function readCoordinate(cell: Cell): number | undefined {
  if (typeof cell === 'number') return Number.isFinite(cell) ? cell : undefined;
  if (typeof cell !== 'string') return undefined;
  return readNumber(cell) ?? readNumber(cell.replace(/\s*[m米ｍ]\s*$/i, '')) ?? readDegrees(cell);
}

/** Finds the heading among the first rows, or else the columns by what stands in them. */
export function findColumns(head: readonly TableRow[]): FoundColumns | undefined {
  for (const [index, row] of head.entries()) {
    const columns = columnsByHeading(row);
    if (columns !== undefined) return { columns, headRows: index + 1 };
  }
  return columnsByContent(head);
}

/** Whether one of the first rows names two columns of coordinates. */
export const hasCoordinateHeading = (rows: readonly TableRow[]): boolean =>
  rows.slice(0, 30).some(row => columnsByHeading(row) !== undefined);

/** What a heading may be read as: the whole, and the words of one that says it in two languages. */
const readingsOf = (cell: Cell): string[] => [
  plain(cell),
  ...String(cell ?? '')
    .trim()
    .split(/\s+/)
    .map(plain)
    .filter(word => word.length > 1),
];

function columnsByHeading(row: TableRow): TableColumns | undefined {
  const names = row.map(readingsOf);
  const find = (pattern: RegExp): number | undefined => {
    let index = names.findIndex(([whole = '']) => pattern.test(whole));
    if (index < 0) index = names.findIndex(readings => readings.some(name => pattern.test(name)));
    return index < 0 ? undefined : index;
  };
  const [lng, lat, easting, northing] = [PATTERNS.lng, PATTERNS.lat, PATTERNS.easting, PATTERNS.northing].map(find);
  const [x, y] = [find(PATTERNS.x), find(PATTERNS.y)];
  const pair =
    lng !== undefined && lat !== undefined
      ? ([lng, lat, 'named'] as const)
      : easting !== undefined && northing !== undefined
        ? ([easting, northing, 'named'] as const)
        : x !== undefined && y !== undefined
          ? ([x, y, 'surveyed'] as const)
          : undefined;
  if (pair === undefined) return undefined;
  const [first, second, order] = pair;
  const [ring, plot, area] = [PATTERNS.ring, PATTERNS.plot, PATTERNS.area].map(find);
  const point = find(PATTERNS.point) ?? find(PATTERNS.count);
  const heading = area === undefined ? '' : String(row[area] ?? '').normalize('NFKC');
  const used = new Set([first, second, point, ring, plot, area]);
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
    others: row.flatMap((cell, index) => {
      const name = String(cell ?? '').trim();
      return used.has(index) || name === '' ? [] : [{ index, name: name.slice(0, 60) }];
    }),
  };
}

/** Without headings: the two columns that hold metres of a survey or fractions of degrees. */
function columnsByContent(rows: readonly TableRow[]): FoundColumns | undefined {
  const start = rows.findIndex(row => row.filter(isCoordinate).length >= 2);
  if (start < 0) return undefined;
  const sample = rows.slice(start, start + 20).filter(row => row.some(cell => cell !== null && cell !== ''));
  const width = Math.max(...sample.map(row => row.length));
  const holds = Array.from({ length: width }, (_unused, column) => {
    const filled = sample.filter(row => isCoordinate(row[column] ?? null)).length;
    return filled >= sample.length * 0.7 ? column : -1;
  }).filter(column => column >= 0);
  const [first, second] = holds;
  if (first === undefined || second === undefined) return undefined;
  const point = first > 0 ? 0 : undefined;
  const ring = first > 1 ? first - 1 : undefined;
  const none = { plot: undefined, area: undefined, areaUnitM2: undefined, others: [] };
  const titles = rows
    .slice(0, start)
    .map(row => [first, second].map(column => row[column] ?? ''))
    .find(cells => cells.every(cell => typeof cell === 'string' && cell !== '' && readCoordinate(cell) === undefined));
  const guessed = titles?.map(title => String(title).trim().slice(0, 60));
  return { columns: { first, second, order: 'surveyed', point, ring, guessed, ...none }, headRows: start };
}

function isCoordinate(cell: Cell): boolean {
  const value = readCoordinate(cell);
  if (value === undefined) return false;
  const size = Math.abs(value);
  return (size >= 100_000 && size < 1e8) || (size > 1 && size <= 180 && !Number.isInteger(value));
}
