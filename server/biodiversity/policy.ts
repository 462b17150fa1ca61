import type { SensitivityCategory } from '../../gis/sensitivity/category.ts';
import type { Viewer } from '../platform/viewer.ts';

/** Which store a viewer reads from, decided before any query is built. */
export type PlaceScope =
  | { readonly store: 'public' }
  | {
      readonly store: 'exact';
      /** Categories 1 to 4 that the viewer may read besides the open ones. */
      readonly categories: readonly SensitivityCategory[];
      /** Owners whose mines it holds for; null = all. */
      readonly organisationIds: readonly number[] | null;
    };

const EXACT_CATEGORIES: Readonly<Record<Viewer['role'], readonly SensitivityCategory[]>> = {
  steward: [1, 2, 3, 4],
  ecologist: [1, 2, 3, 4],
  regulator: [2, 3, 4],
  manager: [4],
  // Not even the administrator: who runs the machine need not know the nest.
  admin: [],
  group: [],
  public: [],
};
const OWN_MINES_ONLY = new Set<Viewer['role']>(['manager']);

export function placeScopeOf(viewer: Viewer): PlaceScope {
  const categories = EXACT_CATEGORIES[viewer.role] ?? [];
  if (categories.length === 0) return { store: 'public' };
  if (!OWN_MINES_ONLY.has(viewer.role)) return { store: 'exact', categories, organisationIds: null };
  if (viewer.organisationIds.size === 0) return { store: 'public' };
  return { store: 'exact', categories, organisationIds: [...viewer.organisationIds].toSorted((a, b) => a - b) };
}

/** May the viewer read the exact place of a record of this category at a mine of this owner? Unknown roles read as the public does. */
export function mayReadExact(viewer: Viewer, category: SensitivityCategory, ownerOrganisationId: number): boolean {
  if (category === 0) return true;
  const scope = placeScopeOf(viewer);
  if (scope.store === 'public' || !scope.categories.includes(category)) return false;
  return scope.organisationIds === null || scope.organisationIds.includes(ownerOrganisationId);
}

/** Everybody with the same key sees the same records: the audience part of cache keys and ETags. */
export function placeAudience(scope: PlaceScope): string {
  if (scope.store === 'public') return 'public';
  const owners = scope.organisationIds === null ? '*' : scope.organisationIds.join('.');
  return `exact-${scope.categories.join('')}-${owners}`;
}
