/** Days between 1899-12-30, where spreadsheets begin to count, and 1970. */
const EPOCH_SERIAL = 25_569;

/** A date as people and spreadsheets write it, as `YYYY-MM-DD`; undefined where it is none. */
export function readDate(value: string | number | boolean | null): string | undefined {
  if (typeof value === 'number') {
    if (value >= 19_000_101 && value <= 29_991_231)
      return checked(String(value).replace(/^(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'));
    if (value > 10_000 && value < 110_000) return ofEpoch((Math.floor(value) - EPOCH_SERIAL) * 86_400_000);
    return value > 1e11 && value < 4e12 ? ofEpoch(value) : undefined;
  }
  if (typeof value !== 'string') return undefined;
  const text = value.normalize('NFKC').trim();
  if (/^\d{8}$/.test(text)) return readDate(Number(text));
  const match = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T\s].*)?$/.exec(text);
  if (match !== null)
    return checked(`${match[1]}-${(match[2] ?? '').padStart(2, '0')}-${(match[3] ?? '').padStart(2, '0')}`);
  return /^\d{5}(\.\d+)?$/.test(text) ? readDate(Number(text)) : undefined;
}

const ofEpoch = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

function checked(text: string): string | undefined {
  const day = new Date(`${text}T00:00:00Z`);
  // As everywhere, from the year 1000 on: a year 0 is nobody's date.
  return text < '1000' || Number.isNaN(day.getTime()) || day.toISOString().slice(0, 10) !== text ? undefined : text;
}
