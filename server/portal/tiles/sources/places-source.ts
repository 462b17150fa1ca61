import type { BiodiversityService } from '../../../biodiversity/biodiversity.service.ts';
import { placeLayers, type PlaceScope } from '../../../biodiversity/policy.ts';
import { featureIdOf, type Audience, type TileSource } from '../tile-source.ts';

interface PlaceAudience extends Audience {
  readonly scope: PlaceScope;
}

const isExact = ({ scope }: PlaceAudience): boolean => scope.store === 'exact';

const shownCategories = (scope: PlaceScope): readonly number[] =>
  scope.store === 'exact' ? [0, ...scope.categories] : [0];

/** What the served attributes name, for the log of exact reads. */
const named = (key: string, attributes: readonly Readonly<Record<string, unknown>>[]) =>
  attributes.map(one => ({ id: String(one[key]), sensitivity: Number(one['sensitivity']) }));

/** Habitat patches: the open ones for everybody, exact sensitive ones for those who may see them, nothing in between. */
export function habitatsTiles(biodiversity: BiodiversityService): TileSource<PlaceAudience> {
  return {
    layer: 'habitats',
    minZoom: 4,
    maxZoom: 16,
    limit: 20_000,
    fields: {
      habitatId: 'String',
      mineId: 'Number',
      nameZh: 'String',
      nameEn: 'String',
      habitatCode: 'String',
      sensitivity: 'Number',
      areaM2: 'Number',
    },
    doubleKeys: new Set(['areaM2']),
    audienceOf: viewer => biodiversity.audienceOf(viewer),
    revisionsOf: ({ scope }) => placeLayers('habitats', shownCategories(scope)),
    async listRows({ scope }, asAt, box) {
      const rows = await biodiversity.habitats.tileRows(scope, asAt, box);
      return rows.map(({ id, wkb, ...rest }) => ({
        id: featureIdOf(id),
        areaM2: rest.areaM2,
        attributes: { habitatId: id, ...rest },
        wkb,
      }));
    },
    async recordServed(viewer, audience, attributes) {
      if (isExact(audience)) {
        await biodiversity.logExactAccess(viewer, 'tiles', 'habitat', named('habitatId', attributes));
      }
    },
  };
}

/** Records of species, by the same rule. */
export function occurrencesTiles(biodiversity: BiodiversityService): TileSource<PlaceAudience> {
  return {
    layer: 'occurrences',
    minZoom: 4,
    maxZoom: 16,
    limit: 20_000,
    fields: {
      occurrenceId: 'String',
      mineId: 'Number',
      scientificName: 'String',
      nameZh: 'String',
      nameEn: 'String',
      eventDate: 'String',
      sensitivity: 'Number',
    },
    doubleKeys: new Set(),
    audienceOf: viewer => biodiversity.audienceOf(viewer),
    revisionsOf: ({ scope }) => placeLayers('occurrences', shownCategories(scope)),
    async listRows({ scope }, asAt, box) {
      const rows = await biodiversity.occurrences.tileRows(scope, asAt, box);
      return rows.map(({ id, wkb, ...rest }) => ({
        id: featureIdOf(id),
        areaM2: 0,
        attributes: { occurrenceId: id, ...rest },
        wkb,
      }));
    },
    async recordServed(viewer, audience, attributes) {
      if (isExact(audience)) {
        await biodiversity.logExactAccess(viewer, 'tiles', 'occurrence', named('occurrenceId', attributes));
      }
    },
  };
}
