/** What the generator makes. Every figure, name and place in it is invented; see README.md. */
import type { StageCode } from '../gis/ledger/stages.ts';
import type { DamageType, EvidenceGrade, Reason, Scope } from '../gis/ledger/vocabulary.ts';
import type { IsoDate, MultiPolygon, Position } from '../gis/types.ts';

/** Reasons that the samples use for a step back. */
export type BackwardReason = Extract<Reason, 'REDIST' | 'FAIL'>;

export interface SampleOrganisation {
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly parentCode: string | null;
  readonly kind: 'group' | 'company' | 'regulator';
}

export interface SampleMine {
  readonly code: string;
  readonly organisationCode: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly province: string;
  readonly mineral: 'bauxite' | 'copper' | 'lead-zinc';
  readonly method: 'open' | 'underground' | 'both';
  readonly status: 'operate' | 'suspend' | 'close';
  readonly startOn: IsoDate;
  readonly licenceNo: string;
}

export interface SampleBoundary {
  readonly kind: 'LICENCE' | 'RESP' | 'APPRLIM' | 'ECO' | 'NR';
  readonly geometry: MultiPolygon;
  readonly validFrom: IsoDate;
  readonly validTo: IsoDate | null;
  readonly docRef: string;
}

export interface SampleFacility {
  readonly key: string;
  readonly type: 'PIT' | 'WRD' | 'TSF' | 'RMY' | 'TSS' | 'IND' | 'STK';
  readonly nameZh: string;
  readonly nameEn: string;
  readonly status: 'operate' | 'suspend' | 'close' | 'closed';
  readonly validFrom: IsoDate;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly geometry: MultiPolygon;
}

export interface SampleLandEvent {
  readonly key: string;
  readonly stage: StageCode;
  readonly effectiveOn: IsoDate;
  readonly scope: Scope;
  readonly evidenceGrade: EvidenceGrade;
  readonly reason: BackwardReason | null;
  readonly damageType: DamageType | null;
  readonly severity: 1 | 2 | 3 | null;
  readonly facilityKey: string | null;
  readonly geometry: MultiPolygon;
  /** Whether plants really came up: false where the satellite will not find what the ledger says. Not loaded. */
  readonly vegetationHolds: boolean;
}

export interface SamplePlan {
  readonly year: number;
  readonly plannedM2: number;
  readonly source: string;
}

export type HabitatUse = 'BREED' | 'FORAGE' | 'ROOST' | 'STOPOVER' | 'CORRIDOR' | 'WINTER';

export interface SampleHabitat {
  readonly key: string;
  readonly nameZh: string;
  readonly nameEn: string;
  /** IUCN habitat code. */
  readonly habitatCode: string;
  readonly uses: readonly HabitatUse[];
  /** MM-DD, both or neither. */
  readonly seasonFrom: string | null;
  readonly seasonTo: string | null;
  /** 0 to 1. */
  readonly quality: number;
  /** Scientific names; with the uses they decide how secret the place is. */
  readonly taxa: readonly string[];
  readonly validFrom: IsoDate;
  readonly geometry: MultiPolygon;
}

export interface SampleOccurrence {
  readonly key: string;
  readonly scientificName: string;
  readonly eventDate: IsoDate;
  readonly individualCount: number | null;
  readonly basisOfRecord: 'HumanObservation' | 'MachineObservation';
  readonly occurrenceStatus: 'detected' | 'notDetected';
  readonly coordinateUncertaintyM: number;
  readonly use: HabitatUse | null;
  readonly position: Position;
  readonly surveyKey: string | null;
  readonly remarks: string | null;
}

export interface SampleSurvey {
  readonly key: string;
  readonly eventType: 'pointCount' | 'transect' | 'plot' | 'siteVisit';
  readonly eventDate: IsoDate;
  readonly samplingProtocol: string;
  readonly samplingEffort: string;
}

export interface SampleReferenceArea {
  readonly ecosystemZh: string;
  readonly ecosystemEn: string;
  readonly validFrom: IsoDate;
  readonly geometry: MultiPolygon;
}

/** Everything about one site but its scenes, which are drawn on demand (`scenes/render-scene.ts`). */
export interface SampleSite {
  readonly mine: SampleMine;
  readonly centre: Position;
  readonly boundaries: readonly SampleBoundary[];
  readonly facilities: readonly SampleFacility[];
  /** In the order in which they must be written: by date. Those after `PUBLISHED_AS_AT` stay unpublished. */
  readonly events: readonly SampleLandEvent[];
  readonly plans: readonly SamplePlan[];
  readonly references: readonly SampleReferenceArea[];
  readonly habitats: readonly SampleHabitat[];
  readonly occurrences: readonly SampleOccurrence[];
  readonly surveys: readonly SampleSurvey[];
}

/** The last day of the period that the samples publish. */
export const PUBLISHED_AS_AT: IsoDate = '2022-12-31';
