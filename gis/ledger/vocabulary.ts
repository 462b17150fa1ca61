/** The small code lists of the ledger: bases, scopes, evidence grades, reasons, damage types. */

/** When land counts as reclaimed: E = works complete, A = accepted, C = certified. */
export const BASES = ['E', 'A', 'C'] as const;
export type Basis = (typeof BASES)[number];

/** Whose duty the land is: LIC licence, LEG historic legacy, VOL legacy treated voluntarily, TMPU temporary use. */
export const SCOPES = ['LIC', 'LEG', 'VOL', 'TMPU'] as const;
export type Scope = (typeof SCOPES)[number];

/** E0 asserted, E1 photograph, E2 satellite agrees, E3 field plots, E4 acceptance document, E5 regulator's certificate. */
export const EVIDENCE_GRADES = ['E0', 'E1', 'E2', 'E3', 'E4', 'E5'] as const;
export type EvidenceGrade = (typeof EVIDENCE_GRADES)[number];

/** Why land went back to a lower stage, or why a record differs: re-disturbed, failed, corrected, or lost to nature. */
export const REASONS = ['REDIST', 'FAIL', 'CORR', 'FLOOD', 'FIRE', 'SLIDE'] as const;
export type Reason = (typeof REASONS)[number];

/** EXC excavated, OCC covered by dumps, SUB subsided, POL polluted. */
export const DAMAGE_TYPES = ['EXC', 'OCC', 'SUB', 'POL'] as const;
export type DamageType = (typeof DAMAGE_TYPES)[number];

/** A sentence in both languages of the product. */
export interface Wording {
  readonly en: string;
  readonly zh: string;
}

/** Legacy land has no known date of damage: an earlier disturbance is assumed beneath works on it. */
export function assumesEarlierDamage(scope: Scope): boolean {
  return scope === 'LEG' || scope === 'VOL';
}
