import { parseArgs } from 'node:util';
import { GisError } from '../../../gis/errors.ts';
import { parseStat } from '../../../gis/zonal/statistics.ts';

export const ZONAL_USAGE =
  'regreen zonal --zones FILE --raster FILE [--band N | --red N --nir N --index ndvi|evi2|savi|msavi2|fvc] [--scale S --offset O] ' +
  '[--mask FILE --mask-classes 3,8,9,10] [--id FIELD] [--stats mean,stdev,min,max,median,p10,p90,count,valid_fraction,sum,area_ge:0.4] ' +
  '[--zones-towgs84 DX,DY,DZ[,RX,RY,RZ,DS]] [--raster-towgs84 …] [--threads N] --out FILE.csv|.json';

const INDICES = ['ndvi', 'evi2', 'savi', 'msavi2', 'fvc'] as const;

export interface ZonalArguments {
  readonly zones: string;
  readonly raster: string;
  readonly bands: { readonly value: number } | { readonly red: number; readonly nir: number };
  readonly index: (typeof INDICES)[number] | undefined;
  readonly scale: number | undefined;
  readonly offset: number | undefined;
  readonly mask: { readonly path: string; readonly classes: readonly number[] } | undefined;
  /** The user's own shift to WGS 84 for files on Beijing 1954, Xi'an 1980 or another local datum, in the sense of PROJ's `+towgs84`. */
  readonly zonesTowgs84: readonly number[] | undefined;
  readonly rasterTowgs84: readonly number[] | undefined;
  readonly id: string | undefined;
  readonly stats: readonly string[];
  readonly threads: number;
  readonly out: string;
  readonly format: 'csv' | 'json';
}

/** Arguments that cannot be used; the message names the one that is wrong. */
export class UnusableArguments extends Error {}

const OPTIONS = {
  zones: { type: 'string' },
  raster: { type: 'string' },
  band: { type: 'string' },
  red: { type: 'string' },
  nir: { type: 'string' },
  index: { type: 'string' },
  scale: { type: 'string' },
  offset: { type: 'string' },
  mask: { type: 'string' },
  'mask-classes': { type: 'string' },
  'zones-towgs84': { type: 'string' },
  'raster-towgs84': { type: 'string' },
  id: { type: 'string' },
  stats: { type: 'string' },
  threads: { type: 'string' },
  out: { type: 'string' },
} as const;

export function parseZonalArguments(argv: readonly string[]): ZonalArguments {
  const given = parseOptions(argv);
  const required = (name: 'zones' | 'raster' | 'out'): string => {
    const value = given[name];
    if (value === undefined || value === '') throw new UnusableArguments(`--${name} is missing`);
    return value;
  };
  const out = required('out');
  const format = /\.(csv|json)$/i.exec(out)?.[1]?.toLowerCase();
  if (format !== 'csv' && format !== 'json')
    throw new UnusableArguments(`--out ${out} ends neither in .csv nor in .json`);
  return {
    zones: required('zones'),
    raster: required('raster'),
    ...readBands(given),
    scale: readNumber(given.scale, 'scale'),
    offset: readNumber(given.offset, 'offset'),
    mask: readMask(given.mask, given['mask-classes']),
    zonesTowgs84: readShift(given['zones-towgs84'], 'zones-towgs84'),
    rasterTowgs84: readShift(given['raster-towgs84'], 'raster-towgs84'),
    id: given.id,
    stats: readStats(given.stats ?? 'mean,count,valid_fraction'),
    threads: given.threads === undefined ? 1 : readCount(given.threads, 'threads', MAX_THREADS),
    out,
    format,
  };
}

/** Each has a heap of its own: thousands would take the machine's memory before the first zone. */
const MAX_THREADS = 256;

/** Options whose value may begin with a minus. */
const OF_NUMBERS = /^--(offset|scale|zones-towgs84|raster-towgs84)$/;

type Given = Partial<Record<keyof typeof OPTIONS, string>>;

function parseOptions(argv: readonly string[]): Given {
  try {
    // A negative number is a value, not an option: `--offset -1000`.
    const joined = argv.flatMap((arg, i) =>
      /^-\d/.test(arg) && OF_NUMBERS.test(argv[i - 1] ?? '')
        ? []
        : OF_NUMBERS.test(arg) && /^-\d/.test(argv[i + 1] ?? '')
          ? [`${arg}=${argv[i + 1]}`]
          : [arg],
    );
    return parseArgs({ args: joined, options: OPTIONS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UnusableArguments(
      error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error),
    );
  }
}

function readBands(given: Given): Pick<ZonalArguments, 'bands' | 'index'> {
  const { band, red, nir, index } = given;
  if (red === undefined && nir === undefined) {
    if (index !== undefined) throw new UnusableArguments(`--index ${index} needs --red and --nir`);
    return { bands: { value: band === undefined ? 1 : readCount(band, 'band') }, index: undefined };
  }
  if (band !== undefined) throw new UnusableArguments('--band cannot stand beside --red and --nir');
  if (red === undefined || nir === undefined)
    throw new UnusableArguments(`--${red === undefined ? 'red' : 'nir'} is missing`);
  const known = INDICES.find(code => code === (index ?? 'ndvi').toLowerCase());
  if (known === undefined) throw new UnusableArguments(`--index ${index ?? ''} is not one of ${INDICES.join(', ')}`);
  return { bands: { red: readCount(red, 'red'), nir: readCount(nir, 'nir') }, index: known };
}

function readMask(path: string | undefined, classes: string | undefined): ZonalArguments['mask'] {
  if (path === undefined && classes === undefined) return undefined;
  if (path === undefined || classes === undefined)
    throw new UnusableArguments('--mask and --mask-classes belong together');
  return { path, classes: classes.split(',').map(text => readNumber(text, 'mask-classes') as number) };
}

/** Three translations in metres, and where there are seven three rotations in seconds and a scale in parts per million. */
function readShift(text: string | undefined, name: string): readonly number[] | undefined {
  if (text === undefined) return undefined;
  const values = text.split(',').map(value => readNumber(value, name) as number);
  if (values.length !== 3 && values.length !== 7)
    throw new UnusableArguments(`--${name} ${text} has neither three nor seven numbers`);
  return values;
}

function readStats(text: string): string[] {
  const stats = text.split(',').map(stat => stat.trim());
  for (const stat of stats) {
    try {
      parseStat(stat);
    } catch (error) {
      if (error instanceof GisError) throw new UnusableArguments(`--stats ${stat} is not a statistic`);
      throw error;
    }
  }
  return stats;
}

function readNumber(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) throw new UnusableArguments(`--${name} ${text} is not a number`);
  return value;
}

function readCount(text: string, name: string, most = Infinity): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new UnusableArguments(`--${name} ${text} is not a whole number above 0`);
  if (value > most) throw new UnusableArguments(`--${name} ${text} is more than ${most}`);
  return value;
}
