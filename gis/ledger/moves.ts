import type { StageCode } from './stages.ts';
import type { EvidenceGrade } from './vocabulary.ts';

/** Least evidence that a stage needs: acceptance wants its document, certification its certificate. */
const LEAST_EVIDENCE: Partial<Record<StageCode, EvidenceGrade>> = { CMP: 'E4', CRT: 'E5' };

/** The grade a stage needs at least, or undefined where an assertion is enough. */
export function leastEvidence(stage: StageCode): EvidenceGrade | undefined {
  return LEAST_EVIDENCE[stage];
}

/** Tolerances of the sliver rule: least area, and half the perimeter times the width a survey cannot resolve. */
const SLIVER = { areaM2: 1, widthM: 0.05 } as const;

/** True where an overlap is drawing noise: `area <= max(1 m², 0.05 m x perimeter / 2)`. */
export function isSliver(areaM2: number, perimeterM: number): boolean {
  return areaM2 <= Math.max(SLIVER.areaM2, (SLIVER.widthM * perimeterM) / 2);
}
