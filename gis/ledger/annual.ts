import { NO_RATE_REASONS, type NoRateReason } from './definitions.ts';
import type { Reconciliation } from './reconciliation.ts';
import type { Wording } from './vocabulary.ts';

export interface AnnualRatio {
  readonly value: number | null;
  readonly reason?: NoRateReason;
  readonly reasonText?: Wording;
}

/** AR1 land reclaimed a unit of land disturbed, AR2 share of the outstanding land treated, ΔRR1 in percentage points. */
export interface AnnualTerms {
  readonly AR1: AnnualRatio;
  readonly AR2: AnnualRatio;
  readonly deltaRR1Pp: number | null;
}

/**
 * Annual terms of a period from its reconciliation: `AR1 = newR/newD`, `AR2 = newR/(outstanding at the opening + newD)`,
 * `deltaRR1Pp = 100 (RR1 closing - RR1 opening)`. AR1 may exceed 1; with nothing newly disturbed it has no value, not infinity.
 */
export function computeAnnualTerms(
  reconciliation: Reconciliation,
  openingNetOutstandingM2: number,
  openingRR1: number | null,
  closingRR1: number | null,
): AnnualTerms {
  const newR = reconciliation.reclaimed.newlyReclaimed;
  const newD = reconciliation.gross.newlyDisturbed;
  return {
    AR1: toRatio(newR, newD, 'nothing-newly-disturbed'),
    AR2: toRatio(newR, openingNetOutstandingM2 + newD, 'nothing-outstanding'),
    deltaRR1Pp: openingRR1 === null || closingRR1 === null ? null : 100 * (closingRR1 - openingRR1),
  };
}

/** Smallest area that counts as a denominator, m²: below it lies the rounding of the overlay grid. */
const LEAST_AREA_M2 = 1e-3;

function toRatio(numeratorM2: number, denominatorM2: number, reason: NoRateReason): AnnualRatio {
  if (!(denominatorM2 > LEAST_AREA_M2)) return { value: null, reason, reasonText: NO_RATE_REASONS[reason] };
  return { value: numeratorM2 / denominatorM2 };
}
