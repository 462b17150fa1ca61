/** Both relative to the measured area, and the least difference that is worth a word, m². */
const DECLARED_AREA_TOLERANCE = { agrees: 0.005, differs: 0.05, leastM2: 10 } as const;

/** A unit that was taken for another, in signs that both languages read: the declared number as m² is the measured area times `ratio`. */
export const UNIT_MIX_UPS = [
  { mixUp: 'ha → m²', ratio: 1 / 10_000 },
  { mixUp: '亩 (mu) → m²', ratio: 15 / 10_000 },
  { mixUp: 'km² → m²', ratio: 1e-6 },
  { mixUp: 'm² → ha', ratio: 10_000 },
  { mixUp: 'm² → 亩 (mu)', ratio: 10_000 / 15 },
  { mixUp: '亩 (mu) → ha', ratio: 15 },
  { mixUp: 'ha → 亩 (mu)', ratio: 1 / 15 },
] as const;
export type UnitMixUp = (typeof UNIT_MIX_UPS)[number];

export interface DeclaredAreaVerdict {
  /** `agrees` within 0.5 % or 10 m², `differs` up to 5 %, `wrong` beyond. */
  readonly verdict: 'agrees' | 'differs' | 'wrong';
  /** Declared over measured. */
  readonly ratio: number;
  /** Which units were probably mistaken for each other, where the ratio says so. */
  readonly mixUp?: UnitMixUp | undefined;
}

/** The area that a drawing was declared with against the ellipsoidal area that it has, both in m². */
export function judgeDeclaredArea(declaredM2: number, measuredM2: number): DeclaredAreaVerdict {
  const { agrees, differs, leastM2 } = DECLARED_AREA_TOLERANCE;
  const ratio = declaredM2 / measuredM2;
  const offM2 = Math.abs(declaredM2 - measuredM2);
  if (offM2 <= Math.max(agrees * measuredM2, leastM2)) return { verdict: 'agrees', ratio };
  if (offM2 <= differs * measuredM2) return { verdict: 'differs', ratio };
  return { verdict: 'wrong', ratio, mixUp: UNIT_MIX_UPS.find(unit => Math.abs(ratio / unit.ratio - 1) <= differs) };
}
