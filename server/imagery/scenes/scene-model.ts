// What a scene is to the rest of the room: which file and band holds what, and how a sample becomes a reflectance.
import type { BandName } from './scene.contract.ts';

export interface BandPlace {
  /** Name the uploader gave; unique in a scene. */
  readonly file: string;
  /** Counted from 1. */
  readonly band: number;
}

export type BandMap = Partial<Record<BandName, BandPlace>>;

/** `undefined`: as each file says. `null`: no such value. `'nan'`: not-a-number. */
export type NoDataRule = number | 'nan' | null | undefined;

export interface SceneMeaning {
  readonly acquiredOn: string;
  readonly sensor: string;
  readonly bands: BandMap;
  readonly mask: BandPlace | null;
  /** Classes taken out; empty when `keepClasses` rules. */
  readonly maskClasses: readonly number[];
  readonly keepClasses: readonly number[];
  /** reflectance = sample * scale + offset. */
  readonly scale: number;
  readonly offset: number;
  readonly noData: NoDataRule;
  readonly processingBaseline: string | null;
  readonly cloudFraction: number | null;
  readonly isPublic: boolean;
  readonly mineId: number | null;
}

/** A file as it came in. */
export interface StoredFile {
  readonly name: string;
  /** In the object store. */
  readonly key: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** A file whose header has been read. */
export interface SceneFile extends StoredFile {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly bandCount: number;
  readonly sampleType: string;
  readonly crs: string;
  readonly hasOverviews: boolean;
  /** Our own overviews in the object store, where the file has none. */
  readonly overviewKey?: string | undefined;
}

/** Range of reflectances (after scale and offset) drawn from black to full in true colour. */
export interface Stretch {
  readonly low: number;
  readonly high: number;
}
