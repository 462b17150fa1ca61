/** Full-width characters as ordinary ones, and any small circle as the sign of degrees: of two of them, NFKC makes a letter and an accent. */
export const halfWidth = (text: string): string =>
  // Most lines of most files have nothing to be changed, and normalising takes longer than seeing that.
  IS_ASCII.test(text) ? text : text.replace(/[º˚]/g, '°').normalize('NFKC');

// oxlint-disable-next-line no-control-regex
const IS_ASCII = /^[\0-\x7f]*$/;
const IS_PLAIN = /^-?\d+(\.\d+)?$/;
/** No number is longer; in a longer text the patterns below would try every run of blanks from each of its blanks. */
const MAX_LENGTH = 100;

/** A number as people type it: `39 438 683.652`, `3,751,508.5`, `3751508,5`, full-width digits; undefined where it is none. */
export function readNumber(raw: string): number | undefined {
  if (raw.length > MAX_LENGTH) return undefined;
  if (IS_PLAIN.test(raw)) return Number(raw);
  const text = raw.normalize('NFKC').replace(/[\s_]/g, '');
  if (text === '') return undefined;
  // What cannot be thousands is a decimal comma.
  const plain = /^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text)
    ? text.replaceAll(',', '')
    : /^[+-]?\d+,\d+$/.test(text)
      ? text.replace(',', '.')
      : text;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain)) return undefined;
  const value = Number(plain);
  return Number.isFinite(value) ? value : undefined;
}

/** Degrees, minutes, seconds in any of the usual spellings, e.g. `110°00′28.20″`, `E110-00-28.2`, `110度0分28.2秒`; in degrees. */
export function readDegrees(raw: string): number | undefined {
  if (raw.length > MAX_LENGTH) return undefined;
  const text = halfWidth(raw).trim();
  const match =
    /^([EWNS东西南北])?(?:经|纬)?:?\s*(-?\d{1,3})\s*[°º度d:\-\s]\s*(\d{1,2}(?:\.\d+)?)\s*['′’‘分m:\-\s]?\s*(?:(\d{1,2}(?:\.\d+)?)\s*(?:["″”“秒s]|'{2}|′{2})?)?\s*([EWNS东西南北])?$/i.exec(
      text,
    );
  if (match === null) {
    const single = /^([EWNS东西南北])?\s*(-?\d{1,3}(?:\.\d+)?)\s*[°º度]\s*([EWNS东西南北])?$/i.exec(text);
    if (single === null) return undefined;
    return signed(Number(single[2]), `${single[1] ?? ''}${single[3] ?? ''}`);
  }
  const [, before = '', degrees = '', minutes = '0', seconds = '0', after = ''] = match;
  if (Number(minutes) >= 60 || Number(seconds) >= 60) return undefined;
  const size = Math.abs(Number(degrees)) + Number(minutes) / 60 + Number(seconds) / 3600;
  return signed(degrees.startsWith('-') ? -size : size, before + after);
}

const signed = (value: number, side: string): number => (/[WS西南]/i.test(side) ? -Math.abs(value) : value);

/** m² in one unit of area by its name; undefined for an unknown one. */
export function areaUnitM2(name: string): number | undefined {
  const text = name.normalize('NFKC').trim().toLowerCase();
  if (/^(公顷|hm2|hm²|ha|hectares?)$/.test(text)) return 10_000;
  if (/^(亩|mu)$/.test(text)) return 10_000 / 15;
  if (/^(平方米|平米|m2|m²|㎡|sqm)$/.test(text)) return 1;
  if (/^(平方公里|平方千米|km2|km²)$/.test(text)) return 1_000_000;
  return text === '万平方米' ? 10_000 : undefined;
}
