import type { z } from 'zod';
import type { EventAnswer, PreviewAnswer, RecordedEvent } from '../../../server/land/events/events.contract.ts';
import type { FindingItem } from '../../../server/land/findings/findings.contract.ts';
import type { FindingAnswer } from '../../../server/mines/finding.contract.ts';
import type { LandAnswer, LandSource } from '../../../server/land/partition/partition.contract.ts';
import type { PeriodAnswer } from '../../../server/land/periods/periods.contract.ts';
import type { Restatement as RestatementAnswer } from '../../../server/land/periods/restatements.contract.ts';
import type { groupedAnswer, restorationAnswer, seriesAnswer } from '../../../server/land/rates/rates.contract.ts';
import type { DamageType, EvidenceGrade, Reason, Scope, Stage } from './codes.ts';
import type { Drawn } from './geometry.ts';

export type { LandSource };
export type LandEvent = Drawn<EventAnswer>;
export type SavedLandEvent = Drawn<RecordedEvent>;
export type LandFinding = Readonly<FindingAnswer>;
/** A finding that stands, with its shape and the event or boundary that it is about. */
export type ListedFinding = Drawn<FindingItem>;
export type LandPreview = Readonly<PreviewAnswer>;
export type LandCell = Drawn<LandAnswer['features'][number]>;
export type Partition = Readonly<Omit<LandAnswer, 'features'>> & { readonly features: readonly LandCell[] };
export type Restoration = Readonly<z.output<typeof restorationAnswer>>;
export type Rate = Restoration['rates'][string];
export type GroupedRestoration = Readonly<z.output<typeof groupedAnswer>>['items'][number];
export type RestorationPeriod = Readonly<z.output<typeof seriesAnswer>>['items'][number];
export type PublishedPeriod = Readonly<PeriodAnswer>;
export type Restatement = Readonly<RestatementAnswer>;

/** Properties of an event that is to be recorded; what is left out has the server's default. */
export interface LandEventDraft {
  readonly stage: Stage;
  readonly effectiveOn: string;
  readonly scope: Scope;
  readonly evidenceGrade: EvidenceGrade;
  readonly reason?: Reason | undefined;
  readonly damageType?: DamageType | undefined;
  /** 1 light, 2 medium, 3 severe. */
  readonly severity?: number | undefined;
  /** Id of the new right; needed where certified land is taken again. */
  readonly rightRef?: string | undefined;
  /** Facility of the same mine that the land belongs to. */
  readonly facilityId?: number | undefined;
  readonly replaces?: number | undefined;
}
