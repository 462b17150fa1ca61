import type { CrsCode } from '../../../gis/crs/crs.ts';
import type { OffsetDatum } from '../../../gis/crs/china-offset.ts';
import type { SurveyHints } from '../../../gis/crs/detect-survey-crs.ts';
import type { Finding } from '../diagnosis/finding.ts';

export const SURVEY_FORMATS = [
  'boundary-points',
  'shapefile',
  'geopackage',
  'geojson',
  'kml',
  'gpx',
  'dxf',
  'csv',
  'xlsx',
] as const;
export type SurveyFormat = (typeof SURVEY_FORMATS)[number];

export type AttributeValue = string | number | boolean | null;

/** A ring as it stands in the file, open or closed: two columns, in the file's own order and units. */
export interface SurveyRing {
  /** first column, second column, first column, … */
  readonly pairs: Float64Array;
  /** Names of the points, where the file names them. */
  readonly names?: readonly string[] | undefined;
}

/** Loose rings are put together by how they lie in each other; parts are shells with their holes, as the file has them. */
export type SurveyShape =
  | { readonly kind: 'rings'; readonly rings: readonly SurveyRing[] }
  | { readonly kind: 'parts'; readonly parts: readonly (readonly SurveyRing[])[] };

/** One plot, record or feature of a file. */
export interface SurveyRow {
  /** Counted from 1, in the order of the file; also of rows without an outline. */
  readonly number: number;
  readonly name?: string | undefined;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** As the file states it; the unit is the file's or, where it names none, hectares. */
  readonly declaredAreaM2?: number | undefined;
  readonly shape: SurveyShape | undefined;
}

/** How the two columns are to be understood. */
export type SurveyCoordinates =
  /** The file names its system; the first column is easting or longitude. */
  | { readonly kind: 'named'; readonly crs: string }
  /** WGS 84 longitude and latitude by the rules of the format. */
  | { readonly kind: 'lng-lat' }
  /** Nothing says: to be found out from the numbers. `order` where the format fixes which column is which. */
  | {
      readonly kind: 'unknown';
      readonly hints: SurveyHints;
      readonly order?: 'easting-northing' | undefined;
      /** The format has a place for the system and this file leaves it empty: somebody has to confirm what the numbers say. */
      readonly isLeftOut?: true | undefined;
      /** The file writes degree signs: no doubt about packed digits. */
      readonly notation?: 'degrees' | undefined;
      /** The columns are called longitude and latitude: no doubt about metres. */
      readonly saysDegrees?: true | undefined;
      /** An older datum that the file names, with its own seven parameters where it gives them. */
      readonly datum?: OldDatum | undefined;
    };

export interface OldDatum {
  readonly code: 'xian80' | 'beijing54';
  readonly name: string;
  readonly transformation: readonly number[] | undefined;
}

/** A layer of a drawing. */
export interface SurveyLayer {
  readonly name: string;
  /** `#rrggbb`; null where the drawing does not say. */
  readonly colour: string | null;
  readonly isFrozen: boolean;
  readonly isOff: boolean;
  /** Whether its outlines are among the rows. */
  readonly isTaken: boolean;
  /** Closed rings on it. */
  readonly count: number;
  /** In the coordinates of the file. */
  readonly box: readonly [west: number, south: number, east: number, north: number] | undefined;
}

/** A finding, and its place in the two columns of the file. */
export interface SurveyRemark {
  readonly finding: Finding;
  readonly at: readonly [first: number, second: number];
}

/** A file that is open: what it says about itself, and its rows, which can be read once. */
export interface SurveyFile {
  readonly format: SurveyFormat;
  /** Name of the text encoding; null where the format has none of its own. */
  readonly encoding: string | null;
  readonly coordinates: SurveyCoordinates;
  /** What the file declares, in its own words; null where it declares nothing. */
  readonly declaredCrs: string | null;
  /** Offset of a web map that the file says its coordinates have. */
  readonly offset?: OffsetDatum | undefined;
  /** Names of the attributes, in the order of the file. */
  readonly fields: readonly string[];
  readonly rows: Iterable<SurveyRow>;
  /** Of a drawing: its layers with outlines, also those that are left out. */
  readonly layers?: readonly SurveyLayer[] | undefined;
  /** Findings of places that lie in no row. */
  readonly remarks?: readonly SurveyRemark[] | undefined;
  close?(): void;
}

/** What the user has already decided about a file. Every one of these is offered by a finding. */
export interface ReadingChoices {
  readonly encoding?: string | undefined;
  /** m² in one unit of the declared areas. */
  readonly areaUnitM2?: number | undefined;
  readonly table?: string | undefined;
  /** Plots are areas whatever their heads say. */
  readonly takeAreas?: boolean | undefined;
  readonly crs?: CrsCode | undefined;
  /** Layers of a drawing that are read, or not, whatever the drawing says. */
  readonly layers?: Readonly<Record<string, boolean>> | undefined;
}

export type LayersBefore = (fields: readonly string[]) => Readonly<Record<string, boolean>> | undefined;

export interface ReadingContext {
  readonly path: string;
  /** As the user calls it. */
  readonly fileName: string;
  /** A folder of this reading alone; removed afterwards. */
  readonly scratch: string;
  readonly choices: ReadingChoices;
  /** Which layers were read of the last drawing with the same fields; what is chosen now counts before it. */
  readonly layersBefore?: LayersBefore | undefined;
  readonly report: (finding: Finding) => void;
}
