import type { Position } from '../../gis/types.ts';
import type { SampleBoundary, SampleHabitat, SampleMine, SampleOccurrence, SampleSurvey } from '../model.ts';
import type { Oblong } from '../terrain/outline.ts';
import type { Country } from '../terrain/relief.ts';
import type { WorkSpec } from '../works/work-spec.ts';

/** A patch of ground that is not a work: a wood, a marsh, a reserve. It gives way to the works by `keepOffM`. */
export interface PatchSpec extends Oblong {
  readonly key: string;
  readonly keepOffM: number;
}

/** What bare ground looks like from above: which endmember of `scenes/surfaces.ts` a site's works show. */
export type GroundKind = 'bauxite' | 'grey-waste' | 'red-mud' | 'pale-tailings' | 'desert';

export interface SceneSpec {
  /** Grid of the files: a UTM zone, a CGCS2000 3-degree zone, or EPSG:4326. */
  readonly crs: string;
  readonly bands: readonly ('blue' | 'green' | 'red' | 'nir' | 'swir1')[];
  readonly dates: readonly string[];
  /** The date on which thin haze lies over the site. */
  readonly hazyOn?: string | undefined;
  readonly ground: GroundKind;
  /** Share of undisturbed ground that plants cover at the height of summer, 0..1. */
  readonly naturalCover: number;
  /** Half the side of the scene, metres. */
  readonly halfSideM: number;
}

export interface SiteSpec {
  readonly mine: SampleMine;
  readonly centre: Position;
  readonly country: Country;
  readonly works: readonly WorkSpec[];
  /** Works that lie outside the licence: legacy pits, or ground taken beyond the line. */
  readonly outsideLicence?: readonly string[] | undefined;
  /** Year of a larger licence that replaced the first one. */
  readonly licenceEnlargedOn?: string | undefined;
  readonly approvedLimit?: boolean | undefined;
  readonly protectedPatches?: readonly (PatchSpec & { readonly kind: Extract<SampleBoundary['kind'], 'ECO' | 'NR'> })[];
  readonly ponds?: readonly PatchSpec[];
  readonly village?: PatchSpec | undefined;
  readonly references: readonly (PatchSpec & { readonly ecosystemZh: string; readonly ecosystemEn: string })[];
  readonly habitats: readonly (PatchSpec & Omit<SampleHabitat, 'geometry' | 'key'>)[];
  /** Places in metres from the centre; drawn into positions by the generator. */
  readonly occurrences: readonly (Omit<SampleOccurrence, 'position'> & { readonly atM: readonly [number, number] })[];
  readonly surveys: readonly SampleSurvey[];
  readonly plannedFactor: number;
  readonly scene: SceneSpec;
}
