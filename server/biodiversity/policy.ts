import type { SensitivityCategory } from '../../gis/sensitivity/category.ts';
import type { Layer } from '../platform/layers.ts';
import type { Viewer } from '../platform/viewer.ts';

/** Which store a viewer reads from, decided before any query is built. */
export type PlaceScope =
  | { readonly store: 'public' }
  | {
      readonly store: 'exact';
      /** Categories 1 to 4 that the viewer may read besides the open ones. */
      readonly categories: readonly SensitivityCategory[];
    };

/**
 * Who reads exact places: the only table of it. Reading any of them is written down. Who works a mine reads none of its
 * nests, and neither does the administrator: who runs the machine need not know them.
 */
const EXACT_CATEGORIES: Readonly<Record<Viewer['role'], readonly SensitivityCategory[]>> = {
  steward: [1, 2, 3, 4],
  ecologist: [1, 2, 3, 4],
  regulator: [2, 3, 4],
  manager: [],
  group: [],
  admin: [],
  public: [],
};

export function placeScopeOf(viewer: Viewer): PlaceScope {
  const categories = EXACT_CATEGORIES[viewer.role] ?? [];
  return categories.length === 0 ? { store: 'public' } : { store: 'exact', categories };
}

/** May the viewer read the exact place of a record of this category? Unknown roles read as the public does. */
export function mayReadExact(viewer: Viewer, category: SensitivityCategory): boolean {
  if (category === 0) return true;
  const scope = placeScopeOf(viewer);
  return scope.store === 'exact' && scope.categories.includes(category);
}

/** Everybody with the same key sees the same records: the audience part of cache keys and ETags. */
export const placeAudience = (scope: PlaceScope): string =>
  scope.store === 'public' ? 'public' : `exact-${scope.categories.join('')}`;

/**
 * The layers in which records of these categories are, by who may know that one of them has changed: of category 1 a layer of its own,
 * because there are readers of the others who must not know of it.
 */
export function placeLayers(records: 'habitats' | 'occurrences', categories: readonly number[]): readonly Layer[] {
  const layerOf = (category: number): Layer =>
    category === 0 ? records : category === 1 ? `${records}-strictest` : `${records}-exact`;
  return [...new Set(categories.map(layerOf))];
}
