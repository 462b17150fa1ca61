/** Code lists in the order in which they are shown; those of the ledger are the core's own. */
export { STAGE_CODES as STAGES, type StageCode as Stage } from '../../../gis/ledger/stages.ts';
export { RATE_CODES, type RateCode } from '../../../gis/ledger/definitions.ts';
export {
  BASES,
  DAMAGE_TYPES,
  EVIDENCE_GRADES,
  REASONS,
  SCOPES,
  type Basis,
  type DamageType,
  type EvidenceGrade,
  type Reason,
  type Scope,
} from '../../../gis/ledger/vocabulary.ts';
import type { BoundaryKind } from '../../../server/mines/boundaries.contract.ts';
import type { Grouping } from '../../../server/land/rates/rates.contract.ts';

export type { BoundaryKind, Grouping };

export const BOUNDARY_KINDS = [
  'LICENCE',
  'RESP',
  'RECLZONE',
  'APPRLIM',
  'SURFRIGHT',
  'PROJECT',
  'ECO',
  'NR',
  'PBF',
] as const satisfies readonly BoundaryKind[];

/** How badly land is damaged: light, medium, severe. The server stores the digit as a number. */
export const SEVERITIES = ['1', '2', '3'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const GROUPINGS = ['mine', 'organisation', 'province', 'mineral'] as const satisfies readonly Grouping[];
