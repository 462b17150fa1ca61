import { stageRank, type StageCode } from './stages.ts';
import type { EvidenceGrade, Reason } from './vocabulary.ts';

/** Least evidence that a stage needs: acceptance wants its document, certification its certificate. */
const LEAST_EVIDENCE: Partial<Record<StageCode, EvidenceGrade>> = { CMP: 'E4', CRT: 'E5' };

/** The grade a stage needs at least, or undefined where an assertion is enough. */
export function leastEvidence(stage: StageCode): EvidenceGrade | undefined {
  return LEAST_EVIDENCE[stage];
}

export type MoveFault = 'backward-without-reason' | 'certified-without-right';

/**
 * What forbids a move between stages (invariant I13): a step back needs a reason, and leaving CRT downwards also the id of the new
 * right under which the land was taken again.
 */
export function findMoveFault(
  from: StageCode,
  to: StageCode,
  reason: Reason | null,
  rightRef: string | null,
): MoveFault | undefined {
  if (stageRank(to) >= stageRank(from)) return undefined;
  if (reason === null) return 'backward-without-reason';
  if (from === 'CRT' && (rightRef === null || rightRef === '')) return 'certified-without-right';
  return undefined;
}

/** Tolerances of the sliver rule: least area, and half the perimeter times the width a survey cannot resolve. */
export const SLIVER = { areaM2: 1, widthM: 0.05 } as const;

/** True where an overlap is drawing noise: `area <= max(1 m², 0.05 m x perimeter / 2)`. */
export function isSliver(areaM2: number, perimeterM: number): boolean {
  return areaM2 <= Math.max(SLIVER.areaM2, (SLIVER.widthM * perimeterM) / 2);
}
