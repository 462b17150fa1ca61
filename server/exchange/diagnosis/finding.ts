import type { Wording } from '../../../gis/ledger/vocabulary.ts';
import type { Position } from '../../../gis/types.ts';

export type FindingSeverity = 'error' | 'warning' | 'info';

/** One thing that can be done about a finding: choices that are sent along when the file is asked again. */
export interface Fix {
  /** Key of `FIX_MESSAGES`. */
  readonly code: string;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  /** Merged into the `fixes` of the next request. */
  readonly fixes: Readonly<Record<string, unknown>>;
}

/** Something that a person should know about a file: what, how bad, where. An error forbids writing. */
export interface Finding {
  /** Key of `FINDING_MESSAGES` or of the core's `ISSUE_MESSAGES`. */
  readonly code: string;
  readonly severity: FindingSeverity;
  /** Row, plot or record, counted from 1. */
  readonly row?: number | undefined;
  /** Point or points by name, e.g. `J3` or `J3–J4 × J7–J8`. */
  readonly point?: string | undefined;
  readonly position?: Position | undefined;
  readonly params?: Readonly<Record<string, unknown>> | undefined;
  readonly fix?: Fix | undefined;
  /** Where more than one answer is possible. */
  readonly choices?: readonly Fix[] | undefined;
}

/** A finding as it is answered. */
export interface WordedFinding extends Omit<Finding, 'fix' | 'choices'> {
  readonly message: Wording;
  readonly fix?: WordedFix | undefined;
  readonly choices?: readonly WordedFix[] | undefined;
}
export interface WordedFix extends Fix {
  readonly label: Wording;
}
