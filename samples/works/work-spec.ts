import type { StageCode } from '../../gis/ledger/stages.ts';
import type { DamageType, EvidenceGrade, Scope } from '../../gis/ledger/vocabulary.ts';
import type { Oblong } from '../terrain/outline.ts';
import type { BackwardReason, SampleFacility } from '../model.ts';

/** What happens to one band of land on one day. */
export interface BandEvent {
  readonly stage: StageCode;
  readonly on: string;
  readonly grade: EvidenceGrade;
  readonly reason?: BackwardReason | undefined;
  readonly scope?: Scope | undefined;
  /** Only the heart of the band, well off its edges. */
  readonly inner?: boolean | undefined;
  /** False where nothing grew although the ledger says so. */
  readonly holds?: boolean | undefined;
}

/** A strip of a lane, as wide as its share of the lane's area, with its history. */
export interface Band {
  readonly share: number;
  /** When the land was taken; absent = with the first inventory of the work. */
  readonly disturbed?: { readonly clearedOn?: string | undefined; readonly on: string } | undefined;
  readonly events: readonly BandEvent[];
}

/** A pit, dump or yard: an outline that follows the relief, cut into lanes and the lanes into bands; its heading is the way it advances. */
export interface WorkSpec extends Oblong {
  readonly key: string;
  readonly facility?:
    | (Pick<SampleFacility, 'type' | 'nameZh' | 'nameEn' | 'status'> & {
        readonly attributes?: Record<string, unknown>;
      })
    | undefined;
  /** advance = strips across the heading; benches = crescents from the toe inwards; outwards = rings from the middle. */
  readonly follow: 'advance' | 'benches' | 'outwards';
  readonly openOn: string;
  readonly damage: DamageType;
  readonly severity: 1 | 2 | 3;
  readonly scope: Scope;
  readonly lanes: readonly (readonly Band[])[];
  /** The lane whose acceptances are cut so that the group's rate comes out as reported; its bands carry no CMP after 2019. */
  readonly calibrates?: boolean | undefined;
}
