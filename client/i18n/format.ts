import { M2_PER_HA, MU_PER_HA } from '../../gis/units.ts';
import { locale } from './locale.ts';
import { t } from './t.ts';

const MISSING = '—';

const cache = new Map<string, Intl.NumberFormat | Intl.DateTimeFormat>();

function cached<F extends Intl.NumberFormat | Intl.DateTimeFormat>(kind: string, make: (tag: string) => F): F {
  const tag = locale.value === 'en' ? 'en-GB' : 'zh-CN';
  const key = `${tag} ${kind}`;
  const known = cache.get(key);
  if (known !== undefined) return known as F;
  const made = make(tag);
  cache.set(key, made);
  return made;
}

/** Plain number with a fixed count of decimals; a dash where there is none. */
export function formatNumber(value: number | null | undefined, digits = 0): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return MISSING;
  const format = cached(
    `n${digits}`,
    tag => new Intl.NumberFormat(tag, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  );
  // What rounds to nought has no sign.
  return format.format(Math.abs(value) < 0.5 * 10 ** -digits ? 0 : value).replace('-', '−');
}

/** Area in hectares, with unit. */
export function formatHa(areaM2: number | null | undefined, digits = 2): string {
  return areaM2 === null || areaM2 === undefined
    ? MISSING
    : t('unit.ha', { value: smallOrNumber(areaM2 / M2_PER_HA, digits) });
}

/** Land that is there but too small for the decimals is not nothing: `<0.01`, never `0.00`. */
function smallOrNumber(value: number, digits: number): string {
  const least = 10 ** -digits;
  return value > 0 && value < least / 2 ? `<${formatNumber(least, digits)}` : formatNumber(value, digits);
}

/** The number of hectares alone, for table columns whose head names the unit. */
export const haNumber = (areaM2: number | null | undefined, digits = 2): string =>
  areaM2 === null || areaM2 === undefined ? MISSING : smallOrNumber(areaM2 / M2_PER_HA, digits);

/** Area in 亩 (1 ha = 15 亩), with unit. */
export function formatMu(areaM2: number | null | undefined, digits = 1): string {
  return areaM2 === null || areaM2 === undefined
    ? MISSING
    : t('unit.mu', { value: smallOrNumber((areaM2 / M2_PER_HA) * MU_PER_HA, digits) });
}

export const muNumber = (areaM2: number | null | undefined, digits = 1): string =>
  areaM2 === null || areaM2 === undefined ? MISSING : smallOrNumber((areaM2 / M2_PER_HA) * MU_PER_HA, digits);

/**
 * A term of a statement in hectares or mu with its sign. `±` takes the sign of the value; what rounds to nought has none,
 * because the rounding of the overlay grid is no land.
 */
export function areaTerm(areaM2: number, unit: 'ha' | 'mu', sign: '+' | '−' | '±' | ''): string {
  const value = unit === 'ha' ? areaM2 / M2_PER_HA : (areaM2 / M2_PER_HA) * MU_PER_HA;
  const digits = unit === 'ha' ? 2 : 1;
  const text = formatNumber(Math.abs(value), digits);
  if (sign === '' || Math.abs(value) < 0.5 * 10 ** -digits) return text;
  if (sign === '±') return `${value > 0 ? '+' : '−'}${text}`;
  return `${sign}${text}`;
}

/** A length in m, from one kilometre on in km. */
export function formatLength(lengthM: number | null | undefined): string {
  if (lengthM === null || lengthM === undefined) return MISSING;
  return lengthM < 1000
    ? t('unit.m', { value: formatNumber(lengthM) })
    : t('unit.km', { value: formatNumber(lengthM / 1000, 2) });
}

/** A fraction 0..1 as per cent. */
export const formatPercent = (fraction: number | null | undefined, digits = 2): string =>
  fraction === null || fraction === undefined ? MISSING : `${formatNumber(fraction * 100, digits)}%`;

/** The per cent figure without its sign. */
export const percentNumber = (fraction: number | null | undefined, digits = 2): string =>
  fraction === null || fraction === undefined ? MISSING : formatNumber(fraction * 100, digits);

/** A number with its sign, two decimals. */
export const signed = (value: number): string =>
  `${value > 0 ? '+' : value < 0 ? '−' : '±'}${formatNumber(Math.abs(value), 2)}`;

/** A calendar date `YYYY-MM-DD`. */
export function formatDate(date: string | null | undefined): string {
  if (!date) return MISSING;
  const parsed = new Date(`${date.slice(0, 10)}T00:00:00Z`);
  if (Number.isNaN(parsed.getTime())) return date;
  return cached('date', tag => new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeZone: 'UTC' })).format(parsed);
}

/** A sentence of the server with its dates `YYYY-MM-DD` as they are written everywhere else. */
export const withDates = (sentence: string): string =>
  sentence.replace(/(?<![\w.-])\d{4}-\d{2}-\d{2}(?![\w-]|\.\w)/g, date => formatDate(date));

/** A sentence that the server sends in both languages, in the reader's. */
export const sentenceOf = (sentence: { readonly en: string; readonly zh: string } | null | undefined): string =>
  sentence === undefined || sentence === null ? '' : withDates(locale.value === 'en' ? sentence.en : sentence.zh);

/** An instant, in the reader's time zone. */
export function formatInstant(instant: string | null | undefined): string {
  if (!instant) return MISSING;
  const parsed = new Date(instant);
  if (Number.isNaN(parsed.getTime())) return instant;
  return cached('instant', tag => new Intl.DateTimeFormat(tag, { dateStyle: 'medium', timeStyle: 'short' })).format(
    parsed,
  );
}

/** `--MM-DD` or `MM-DD`: a day of any year, as a season's end. */
export function formatSeasonDay(day: string | null | undefined): string {
  const match = /(\d{2})-(\d{2})$/.exec(day ?? '');
  if (match === null) return MISSING;
  const parsed = new Date(`2000-${match[1]}-${match[2]}T00:00:00Z`);
  return cached(
    'season',
    tag => new Intl.DateTimeFormat(tag, { month: 'short', day: 'numeric', timeZone: 'UTC' }),
  ).format(parsed);
}

/** A position for a reader: latitude first, as on maps. */
export const formatPosition = (lng: number, lat: number, digits = 5): string =>
  `${formatNumber(Math.abs(lat), digits)}°${lat < 0 ? 'S' : 'N'} ${formatNumber(Math.abs(lng), digits)}°${lng < 0 ? 'W' : 'E'}`;
