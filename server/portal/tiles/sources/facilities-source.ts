import type { FacilitiesService } from '../../../facilities/facilities.service.ts';
import type { TileSource } from '../tile-source.ts';

/** Outlines of facilities. They are public as they are. */
export function facilitiesTiles(facilities: FacilitiesService): TileSource {
  return {
    layer: 'facilities',
    minZoom: 4,
    maxZoom: 16,
    limit: 20_000,
    fields: {
      id: 'Number',
      mineId: 'Number',
      type: 'String',
      nameZh: 'String',
      nameEn: 'String',
      status: 'String',
      areaM2: 'Number',
    },
    doubleKeys: new Set(['areaM2']),
    audienceOf: () => ({ key: 'public' }),
    revisionsOf: () => ['facilities'],
    async listRows(_audience, asAt, box) {
      const rows = await facilities.tileRows(asAt, box);
      return rows.map(({ wkb, ...attributes }) => ({ id: attributes.id, areaM2: attributes.areaM2, attributes, wkb }));
    },
  };
}
