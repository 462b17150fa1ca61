import { isReclaimed, reclaimedOf, type LedgerAreas } from './areas.ts';
import { isDisturbed, type StageCode } from './stages.ts';
import type { Basis, Reason, Scope } from './vocabulary.ts';

/** Land that passed from one stage to another within a period, m². From nothing: `fromStage` null. */
export interface Transition {
  readonly fromStage: StageCode | null;
  readonly fromScope: Scope | null;
  readonly toStage: StageCode;
  readonly toScope: Scope;
  readonly reason: Reason | null;
  readonly areaM2: number;
}

/** `closing = opening + newlyDisturbed + corrections`, m². */
export interface GrossReconciliation {
  readonly opening: number;
  readonly newlyDisturbed: number;
  readonly corrections: number;
  readonly closing: number;
}

/** `closing = opening + newlyReclaimed - reDisturbed - failed + corrections`, m². */
export interface ReclaimedReconciliation {
  readonly opening: number;
  readonly newlyReclaimed: number;
  readonly reDisturbed: number;
  readonly failed: number;
  readonly corrections: number;
  readonly closing: number;
}

export interface Reconciliation {
  readonly gross: GrossReconciliation;
  readonly reclaimed: ReclaimedReconciliation;
}

/** The terms between opening and closing, m². */
export interface LedgerTerms {
  readonly newlyDisturbed: number;
  readonly grossCorrections: number;
  readonly newlyReclaimed: number;
  readonly reDisturbed: number;
  readonly failed: number;
  readonly corrections: number;
}

/**
 * The terms that lead from the opening to the closing figures of a period. A side of a transition that is outside
 * the chosen scopes is not land of the report: land that only changed its scope is a correction, not new damage.
 * Losses by flood, fire and slide count as failed; a loss without a reason (an approved other use on reclaimed land, a scope change)
 * is a correction.
 */
export function sumTerms(transitions: readonly Transition[], basis: Basis, scope: readonly Scope[]): LedgerTerms {
  const sums = { newlyDisturbed: 0, grossCorrections: 0, newlyReclaimed: 0, reDisturbed: 0, failed: 0, corrections: 0 };
  for (const t of transitions) {
    const fromIn = t.fromScope !== null && scope.includes(t.fromScope);
    const toIn = scope.includes(t.toScope);
    const wasDisturbed = t.fromStage !== null && isDisturbed(t.fromStage);
    const wasGross = fromIn && wasDisturbed;
    const isGross = toIn && isDisturbed(t.toStage);
    if (!wasGross && isGross) {
      sums[wasDisturbed || t.reason === 'CORR' ? 'grossCorrections' : 'newlyDisturbed'] += t.areaM2;
    } else if (wasGross && !isGross) sums.grossCorrections -= t.areaM2;

    const couldCount = t.fromStage !== null && isReclaimed(t.fromStage, basis);
    const wasReclaimed = fromIn && couldCount;
    const nowReclaimed = toIn && isReclaimed(t.toStage, basis);
    if (!wasReclaimed && nowReclaimed) {
      sums[couldCount || t.reason === 'CORR' ? 'corrections' : 'newlyReclaimed'] += t.areaM2;
    } else if (wasReclaimed && !nowReclaimed) {
      const term = lossTerm(t.reason);
      sums[term] += term === 'corrections' ? -t.areaM2 : t.areaM2;
    }
  }
  return sums;
}

/** Opening figures, terms and closing figures of a period. */
export function reconcile(
  opening: LedgerAreas,
  closing: LedgerAreas,
  transitions: readonly Transition[],
  basis: Basis,
  scope: readonly Scope[],
): Reconciliation {
  const { grossCorrections, newlyDisturbed, ...terms } = sumTerms(transitions, basis, scope);
  return {
    gross: {
      opening: opening.grossDisturbed,
      newlyDisturbed,
      corrections: grossCorrections,
      closing: closing.grossDisturbed,
    },
    reclaimed: { opening: reclaimedOf(opening, basis), ...terms, closing: reclaimedOf(closing, basis) },
  };
}

/** What the terms leave unexplained, m²: 0 but for rounding of floating-point sums. */
export function residualM2(r: Reconciliation): { readonly gross: number; readonly reclaimed: number } {
  const { gross: g, reclaimed: b } = r;
  return {
    gross: g.opening + g.newlyDisturbed + g.corrections - g.closing,
    reclaimed: b.opening + b.newlyReclaimed - b.reDisturbed - b.failed + b.corrections - b.closing,
  };
}

function lossTerm(reason: Reason | null): 'reDisturbed' | 'failed' | 'corrections' {
  if (reason === 'REDIST') return 'reDisturbed';
  if (reason === 'FAIL' || reason === 'FLOOD' || reason === 'FIRE' || reason === 'SLIDE') return 'failed';
  return 'corrections';
}
