import { effect } from '@preact/signals';
import type { Feature } from 'geojson';
import type { Map as GlMap } from 'maplibre-gl';
import { pointOnSurface } from '../../../gis/geometry/position/point-on-surface.ts';
import type { Polygonal } from '../../../gis/types.ts';
import { facilities, habitats } from '../../state/mine/places.ts';
import { setData } from '../sources.ts';

/**
 * Where names and symbols of the open mine stand: one point inside each facility and habitat. Tiles cannot say this,
 * because a place that lies across four tiles would be named four times.
 */
export function followNames(map: GlMap): () => void {
  return effect(() => {
    const named = [
      ...(facilities.data.value ?? []).map(one => ({
        kind: 'facility',
        type: one.type,
        mineId: one.mineId,
        place: one,
      })),
      ...(habitats.data.value ?? []).map(one => ({ kind: 'habitat', type: '', mineId: one.mineId, place: one })),
    ];
    const features = named.flatMap(({ kind, type, mineId, place }): Feature[] => {
      const { id, nameZh, nameEn, areaM2, geometry } = place;
      const point = geometry === null ? undefined : middleOf(geometry);
      if (point === undefined) return [];
      return [
        {
          type: 'Feature',
          geometry: { type: 'Point', coordinates: [...point] },
          properties: { kind, id, type, mineId, nameZh, nameEn, areaM2 },
        },
      ];
    });
    setData(map, 'places', { type: 'FeatureCollection', features });
  });
}

const known = new WeakMap<Polygonal, readonly [number, number] | undefined>();

function middleOf(geometry: Polygonal): readonly [number, number] | undefined {
  if (!known.has(geometry)) known.set(geometry, pointOnSurface(geometry));
  return known.get(geometry);
}
