import { GisError } from '../errors.ts';

/**
 * A statistic by name: `count` (Σ coverage of valid cells), `valid_fraction`, `sum`, `mean`, `stdev` (population), `min`, `max`, `median`, `p10`
 * (any `p0`…`p100`), `n_eff` (Kish's (Σw)²/Σw²), `majority`, `mode` (the same), `variety`, `area` (valid area, m²), `area_ge:0.4`, `area_lt:0.2` (m²), `area_class:4` (m²).
 */
export type StatName = string;

export type Stat =
  | {
      readonly kind:
        'count' | 'valid_fraction' | 'sum' | 'mean' | 'stdev' | 'min' | 'max' | 'n_eff' | 'majority' | 'variety';
    }
  | { readonly kind: 'percentile'; readonly fraction: number }
  | { readonly kind: 'area'; readonly from: number; readonly below: number };

/** What the accumulator has to keep for the statistics asked for; it keeps no more. */
export interface StatNeeds {
  readonly extremes: boolean;
  readonly variance: boolean;
  /** Percentiles asked for, as fractions: they need every value. */
  readonly fractions: readonly number[];
  readonly classes: boolean;
  /** Ranges `[from, below)` whose area is asked for. */
  readonly ranges: readonly { readonly from: number; readonly below: number }[];
}

const PLAIN = [
  'count',
  'valid_fraction',
  'sum',
  'mean',
  'stdev',
  'min',
  'max',
  'n_eff',
  'majority',
  'variety',
] as const;

/** Throws GisError `stat-unknown`. */
export function parseStat(name: StatName): Stat {
  const plain = PLAIN.find(known => known === name);
  if (plain !== undefined) return { kind: plain };
  if (name === 'mode') return { kind: 'majority' };
  if (name === 'median') return { kind: 'percentile', fraction: 0.5 };
  if (name === 'area') return { kind: 'area', from: -Infinity, below: Infinity };
  const percent = /^p(\d{1,3}(?:\.\d+)?)$/.exec(name)?.[1];
  if (percent !== undefined && Number(percent) <= 100) return { kind: 'percentile', fraction: Number(percent) / 100 };
  const area = /^area_(ge|lt|class):(-?\d+(?:\.\d+)?(?:e-?\d+)?)$/i.exec(name);
  if (area !== null) {
    const threshold = Number(area[2]);
    if (area[1] === 'ge') return { kind: 'area', from: threshold, below: Infinity };
    if (area[1] === 'lt') return { kind: 'area', from: -Infinity, below: threshold };
    return { kind: 'area', from: threshold, below: nextUp(threshold) };
  }
  throw new GisError('stat-unknown', { stat: name });
}

export function needsOf(stats: readonly Stat[]): StatNeeds {
  const has = (...kinds: Stat['kind'][]): boolean => stats.some(stat => kinds.includes(stat.kind));
  return {
    extremes: has('min', 'max'),
    variance: has('stdev'),
    fractions: [...new Set(stats.flatMap(stat => (stat.kind === 'percentile' ? [stat.fraction] : [])))],
    classes: has('majority', 'variety'),
    ranges: stats.flatMap(stat => (stat.kind === 'area' ? [{ from: stat.from, below: stat.below }] : [])),
  };
}

/** The next greater double: a class is the half-open range between itself and that. */
function nextUp(value: number): number {
  if (value === 0) return Number.MIN_VALUE;
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + (value > 0 ? 1n : -1n));
  return view.getFloat64(0);
}
