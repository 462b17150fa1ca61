import type { Crs, CrsCode } from '../../../gis/crs/crs.ts';
import type { PointGeometry } from '../../../gis/geometry/packed.ts';
import type { StageStyle } from '../../../gis/ledger/stage-style.ts';
import type { Wording } from '../../../gis/ledger/vocabulary.ts';
import type { MultiPolygon } from '../../../gis/types.ts';

export type Value = string | number | null;

/** One attribute. Areas are real numbers in m², dates are `YYYY-MM-DD`. */
export interface Field {
  /** As in the HTTP interface, camelCase. */
  readonly name: string;
  /** At most ten ASCII characters: what a dBASE table calls it. null = too long for one, left out there and said so. */
  readonly short: string | null;
  readonly type: 'text' | 'integer' | 'real' | 'date';
  readonly title: Wording;
  readonly meaning: Wording;
}

export interface Feature {
  readonly id: string | number;
  readonly values: Readonly<Record<string, Value>>;
  /** In the system of the export; null where nothing is drawn. */
  readonly geometry: MultiPolygon | PointGeometry | null;
}

/** What a code in one of the fields looks like and is called: layers of a drawing, styles, legends. */
export interface Classes {
  readonly field: string;
  readonly terms: readonly (Wording & { readonly code: string; readonly style: StageStyle })[];
}

/** A table of features to be written in some format, read once from front to back. */
export interface ExportLayer {
  /** Lower-case ASCII: the name of layers, sheets and files. */
  readonly name: string;
  readonly title: Wording;
  readonly geometry: 'polygons' | 'points';
  readonly fields: readonly Field[];
  readonly classes: Classes | null;
  /** The fields that name a feature to a reader, most telling first. */
  readonly label: { readonly en: string; readonly zh: string };
  features(): AsyncIterable<Feature>;
  /** Of species records: the surveys that they were made in, as far as the reader may see them. */
  readonly surveys?: (() => AsyncIterable<Readonly<Record<string, Value>>>) | undefined;
}

/** What stands in every file beside its rows: where they come from, for whom, and what they may be used for. */
export interface ExportNotes {
  /** The selection as it was asked for, e.g. `what=land&mine=3&asAt=2022-12-31`. */
  readonly query: string;
  readonly asAt: string;
  /** The day of writing: nothing finer, so that the same question on the same day gives the same bytes. */
  readonly day: string;
  readonly role: string;
  readonly owner: Wording;
  readonly precision: Wording;
  readonly licence: Wording;
  readonly definitionVersion: string;
}

export type TextEncoding = 'utf-8' | 'utf-8-bom' | 'gbk' | 'gb18030';

/** One file to be written. */
export interface ExportJob {
  readonly layer: ExportLayer;
  readonly crs: Crs & { readonly code: CrsCode };
  readonly encoding: TextEncoding;
  readonly notes: ExportNotes;
  readonly sheet: SheetOptions;
  /** A folder of this export alone, removed when it is over. */
  readonly folder: string;
}

/** Of a printed map only. */
export interface SheetOptions {
  readonly paper: 'a3' | 'a4';
  /** 1 to this on paper; null = the largest usual one that the selection fits in. */
  readonly scale: number | null;
}

/** What became of the features. */
export interface Written {
  readonly path: string;
  readonly records: number;
  /** Features that the format cannot hold: nothing drawn, or smaller than its last decimal. */
  readonly leftOut: number;
}
