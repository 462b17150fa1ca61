import { haFromM2, muFromM2 } from './units.ts';
import type { Wording } from './ledger/vocabulary.ts';

/** Up to this much land, a slip of the hand, is told in square metres: in hectares it would be nought. */
const SLIVER_M2 = 100;
/** Less than this is rounding, and still not nothing. */
const LEAST_M2 = 0.0001;

const format = (value: number, digits: number): string =>
  new Intl.NumberFormat('en-GB', { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value);

/** An area in m² without needless digits: to 0.01, and below one square metre to three digits that count. */
export const roundedM2 = (areaM2: number): number =>
  Math.abs(areaM2) < 1 ? Number(areaM2.toPrecision(3)) : Math.round(areaM2 * 100) / 100;

/** Square metres for a reader, grouped: `17,858.72 m²`, `0.00312 m²`, `<0.0001 m²`. */
export function squareMetres(areaM2: number): string {
  if (areaM2 > 0 && areaM2 < LEAST_M2) return `<${LEAST_M2} m²`;
  const text =
    Math.abs(areaM2) < 1
      ? String(roundedM2(areaM2))
      : new Intl.NumberFormat('en-GB', { maximumFractionDigits: 2 }).format(areaM2);
  return `${text} m²`;
}

/** An area in m² as people read it: hectares and mu, slivers in square metres. */
export function areaWording(areaM2: number): Wording {
  if (Math.abs(areaM2) < SLIVER_M2) return { en: squareMetres(areaM2), zh: squareMetres(areaM2) };
  const [ha, mu] = [format(haFromM2(areaM2), 4), format(muFromM2(areaM2), 2)];
  return { en: `${ha} ha (${mu} mu)`, zh: `${ha} 公顷（${mu} 亩）` };
}

/** Fills `{areaM2} m²` and its like in a sentence: land in hectares and mu, figures that are compared in square metres. */
export function fillAreas(text: string, language: keyof Wording, params: Readonly<Record<string, unknown>>): string {
  return text.replace(/\{(\w+M2)\} m²/g, (whole, name: string) => {
    const value = params[name];
    if (typeof value !== 'number') return whole;
    return /^(declared)?areaM2$/i.test(name) ? areaWording(value)[language] : squareMetres(value);
  });
}
