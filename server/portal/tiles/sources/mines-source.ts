import type { MinesService } from '../../../mines/mines.service.ts';
import type { TileSource } from '../tile-source.ts';

/** Boundaries of every kind. They are public as they are. */
export function minesTiles(mines: MinesService): TileSource {
  return {
    layer: 'mines',
    minZoom: 0,
    maxZoom: 16,
    limit: 20_000,
    fields: {
      mineId: 'Number',
      boundaryId: 'Number',
      kind: 'String',
      code: 'String',
      nameZh: 'String',
      nameEn: 'String',
      mineral: 'String',
      status: 'String',
      areaM2: 'Number',
    },
    doubleKeys: new Set(['areaM2']),
    audienceOf: () => ({ key: 'public' }),
    revisionsOf: () => ['mines'],
    async listRows(_audience, asAt, box) {
      const rows = await mines.tileRows(asAt, box);
      return rows.map(({ id, wkb, mineId, ...rest }) => ({
        id,
        areaM2: rest.areaM2,
        attributes: { mineId, boundaryId: id, ...rest },
        wkb,
      }));
    },
  };
}
