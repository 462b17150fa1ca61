import { GisError } from '../errors.ts';
import { reclaimedOf, type LedgerAreas } from './areas.ts';
import { NO_RATE_REASONS, RATE_CODES, RATE_DEFINITIONS, type NoRateReason, type RateCode } from './definitions.ts';
import type { Basis, Scope, Wording } from './vocabulary.ts';

/** A rate with what it was made of: fraction 0..1 (RR4 may exceed 1), or null with the reason. */
export interface RateValue {
  readonly value: number | null;
  readonly reason?: NoRateReason;
  readonly reasonText?: Wording;
  readonly numeratorM2: number;
  readonly denominatorM2: number;
  readonly basis: Basis;
  readonly name: Wording;
  readonly definition: Wording;
}

export interface RateInput {
  readonly areas: LedgerAreas;
  readonly basis: Basis;
  readonly scope: readonly Scope[];
  /** Newly reclaimed on the basis since the first of January of the year, m². */
  readonly newlyReclaimedM2: number;
  /** Planned for that year, m²; undefined = no plan. */
  readonly plannedM2?: number | undefined;
  /** Area of the responsibility range valid at the date, m²; undefined = none. */
  readonly responsibilityM2?: number | undefined;
}

/** Relative excess of a numerator over its denominator that is still rounding of the overlay grid. */
const GRID_NOISE = 1e-7;

/**
 * The five rates of `definitions.ts`, as fractions, each with numerator and denominator in m² and its definition. A rate that nothing stands
 * under, or whose numerator leaves its denominator, has no value but the reason.
 */
export function computeRates(input: RateInput): Record<RateCode, RateValue> {
  const { areas, basis } = input;
  const reclaimed = reclaimedOf(areas, basis);
  const rr5Refused = input.scope.some(s => s !== 'LIC') ? 'scope-mismatch' : undefined;
  return {
    RR1: toRate('RR1', basis, reclaimed, areas.grossDisturbed, 'nothing-disturbed'),
    RR2: toRate('RR2', basis, reclaimed, areas.due, 'nothing-due'),
    RR3: toRate('RR3', 'E', areas.activeWorks + areas.reclaimedE, areas.grossDisturbed, 'nothing-disturbed'),
    RR4: toRate('RR4', basis, input.newlyReclaimedM2, input.plannedM2 ?? 0, 'no-plan', { mayExceedOne: true }),
    RR5: toRate('RR5', basis, reclaimed, input.responsibilityM2 ?? 0, 'no-responsibility-range', {
      refused: rr5Refused,
    }),
  };
}

/** All five rates without a value, for one reason: what a public reader gets where nothing is published. */
export function ratesWithoutValue(basis: Basis, reason: NoRateReason): Record<RateCode, RateValue> {
  return Object.fromEntries(
    RATE_CODES.map(code => [code, toRate(code, code === 'RR3' ? 'E' : basis, 0, 0, reason)]),
  ) as Record<RateCode, RateValue>;
}

/**
 * Refuses a rate whose numerator covers scopes that its denominator leaves out: treated legacy land would make up for licensed land.
 * @throws GisError `scope-mismatch`
 */
export function assertScopesMatch(numeratorScope: readonly Scope[], denominatorScope: readonly Scope[]): void {
  const outside = numeratorScope.filter(s => !denominatorScope.includes(s));
  if (outside.length > 0) {
    throw new GisError('scope-mismatch', { numeratorScope, denominatorScope, outside });
  }
}

function toRate(
  code: RateCode,
  basis: Basis,
  numeratorM2: number,
  denominatorM2: number,
  reasonIfZero: NoRateReason,
  options: { mayExceedOne?: boolean; refused?: NoRateReason | undefined } = {},
): RateValue {
  const { name, definition } = RATE_DEFINITIONS[code];
  const common = { numeratorM2, denominatorM2, basis, name, definition };
  const none = (reason: NoRateReason): RateValue => ({
    value: null,
    reason,
    reasonText: NO_RATE_REASONS[reason],
    ...common,
  });
  if (options.refused !== undefined) return none(options.refused);
  if (!(denominatorM2 > 0)) return none(reasonIfZero);
  const value = numeratorM2 / denominatorM2;
  if (options.mayExceedOne === true) return { value, ...common };
  if (value > 1 + GRID_NOISE) return none('numerator-outside-denominator');
  return { value: Math.min(1, Math.max(0, value)), ...common };
}
