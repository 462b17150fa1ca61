import pg from 'pg';

/**
 * One set of parsers for both databases, so that a row looks the same whichever is behind the door:
 * int8 and numeric are numbers, dates stay `YYYY-MM-DD`, instants become ISO 8601 with `Z` in milliseconds, bytea is
 * bytes. The driver's own defaults give strings, local-midnight `Date`s and strings.
 */
const OID = {
  bytea: 17,
  int8: 20,
  int8Array: 1016,
  date: 1082,
  dateArray: 1182,
  timestamp: 1114,
  timestampArray: 1115,
  timestamptz: 1184,
  timestamptzArray: 1185,
  interval: 1186,
  numeric: 1700,
  numericArray: 1231,
} as const;

/** Throws rather than round: an id that lost its last digit would point at another row. */
function toSafeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint out of the safe range: ${text}`);
  return value;
}

/** PostgreSQL's `2026-11-22 08:51:29.322+00` to `2026-11-22T08:51:29.322Z`; `infinity` passes as it is. */
function toInstant(text: string): string {
  const match = /^(\d{4,}-\d\d-\d\d) (\d\d:\d\d:\d\d(?:\.\d+)?)([+-]\d\d)?(?::?(\d\d))?$/.exec(text);
  if (!match) return text;
  const [, day = '', time = '', hours = '+00', minutes = '00'] = match;
  return new Date(`${day}T${time}${hours}:${minutes}`).toISOString();
}

/** Typed as a function by the package, an object with `create` in truth. */
const arrayParser = pg.types.arrayParser as unknown as {
  create<T>(text: string, parse: (text: string) => T): { parse(): T[] };
};
const asIs = (text: string): string => text;
const list =
  <T>(parse: (text: string) => T) =>
  (text: string): T[] =>
    arrayParser.create(text, parse).parse();

/** A flat list without nulls, as ids come by the ten thousand, is cut at its commas: the driver reads it letter by letter. */
const toSafeIntegers = (text: string): number[] =>
  /^\{[\d,-]+\}$/.test(text) ? text.slice(1, -1).split(',').map(toSafeInteger) : list(toSafeInteger)(text);

const parsers = new Map<number, (text: string) => unknown>([
  [OID.bytea, text => Buffer.from(text.slice(2), 'hex')],
  [OID.int8, toSafeInteger],
  [OID.int8Array, toSafeIntegers],
  [OID.date, asIs],
  [OID.dateArray, list(asIs)],
  [OID.timestamp, toInstant],
  [OID.timestampArray, list(toInstant)],
  [OID.timestamptz, toInstant],
  [OID.timestamptzArray, list(toInstant)],
  [OID.interval, asIs],
  [OID.numeric, Number],
  [OID.numericArray, list(Number)],
]);

/** The `types` option of a `pg` connection. */
export const pgTypes = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): (text: string) => unknown {
    const own = format === 'binary' ? undefined : parsers.get(oid);
    return own ?? (pg.types.getTypeParser(oid as never, format as never) as (text: string) => unknown);
  },
};
