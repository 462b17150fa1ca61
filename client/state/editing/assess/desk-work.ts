import type { EditRing } from '../rings.ts';
import { assess, type Assessment, type Surroundings } from './assess.ts';
import { findFixes, type Fix } from './fixes.ts';

/** What is asked of the desk: how the drawing stands, or also what would mend it. */
export interface DeskQuestion {
  readonly rings: readonly EditRing[];
  readonly around: Surroundings;
  readonly wantsFixes: boolean;
}

export interface DeskAnswer {
  readonly assessment: Assessment;
  /** Null where they were not asked for. */
  readonly fixes: readonly Fix[] | null;
}

export function answer({ rings, around, wantsFixes }: DeskQuestion): DeskAnswer {
  const assessment = assess(rings, around);
  return { assessment, fixes: wantsFixes ? findFixes(rings, assessment, around) : null };
}
