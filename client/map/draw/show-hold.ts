import type { Feature } from 'geojson';
import type { Map as GlMap } from 'maplibre-gl';
import type { Position } from '../../../gis/types.ts';
import type { EditRing } from '../../state/editing/rings.ts';
import { heldRings, selectedCorner } from '../../state/editing/store.ts';
import { setData } from '../sources.ts';
import { visibleHandles } from './handles.ts';
import { reachAt } from './snapping.ts';

/** On sides shorter than this a middle would lie over the corners. */
const SHORT_SIDE_PX = 26;

/** What the hand holds: a corner (perhaps a new one), or a part with its holes. */
export interface Hold {
  readonly rings: readonly EditRing[];
  /** Where it was taken: the corner itself, or the spot of the part under the pointer. */
  readonly from: Position;
  /** Where the pointer was then: a finger beside a corner does not make it jump. */
  readonly pressed: Position;
  readonly corner?: { readonly index: number; readonly isNew: boolean } | undefined;
}

/** The sides next to a corner in hand: all that is drawn of a large ring until the hand lets go. */
export function showMoving(map: GlMap, hold: Hold | undefined): void {
  const ring = heldRings.peek()?.[0];
  const features: Feature[] = [];
  if (hold?.corner !== undefined && ring !== undefined) {
    const at = hold.corner.index + (hold.corner.isNew ? 1 : 0);
    const count = ring.positions.length;
    const sides = [-1, 0, 1].map(step => [...(ring.positions[(at + step + count) % count] as Position)]);
    features.push({ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: sides } });
  }
  setData(map, 'stroke', { type: 'FeatureCollection', features });
}

/** Corners and middles of a ring that can be taken now. */
export function handleFeatures(map: GlMap, ring: EditRing, pointer: Position | undefined): Feature[] {
  const bounds = map.getBounds();
  const view = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()] as const;
  const near = pointer && { at: pointer, reach: reachAt(map, pointer, 90) };
  const centre = map.getCenter();
  const apart = reachAt(map, [centre.lng, centre.lat], SHORT_SIDE_PX);
  const chosen = selectedCorner.peek();
  return visibleHandles(ring.positions, view, near, apart).map(({ position, index, isMiddle }): Feature => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [...position] },
    properties: {
      kind: isMiddle ? 'middle' : chosen?.ringId === ring.id && chosen.index === index ? 'chosen' : 'corner',
    },
  }));
}
