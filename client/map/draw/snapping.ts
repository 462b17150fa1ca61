import type { Position as DrawnPosition } from 'geojson';
import type { SnapToCustom } from './snap-type.ts';
import type { Polygonal, Position } from '../../../gis/types.ts';
import { partition } from '../../state/mine/land.ts';
import { boundaries } from '../../state/mine/places.ts';

/**
 * New land joins land that is there: a corner near a corner of a cell or of a boundary falls on exactly that corner, so
 * that neighbours share it and no sliver is left between them.
 */
export function snapToLedger(distancePx: number): SnapToCustom {
  return (event, { project }) => {
    const reach = distancePx * distancePx;
    let best: DrawnPosition | undefined;
    let bestDistance = reach;
    for (const [lng, lat] of corners()) {
      // Far corners are passed over before the projection is asked.
      if (Math.abs(lng - event.lng) > 0.02 || Math.abs(lat - event.lat) > 0.02) continue;
      const { x, y } = project(lng, lat);
      const distance = (x - event.containerX) ** 2 + (y - event.containerY) ** 2;
      if (distance < bestDistance) {
        bestDistance = distance;
        best = [lng, lat];
      }
    }
    return best;
  };
}

const known = new WeakMap<object, readonly Position[]>();

function* corners(): Generator<Position> {
  const cells = partition.data.peek()?.features ?? [];
  const limits = boundaries.data.peek() ?? [];
  for (const { geometry } of [...cells, ...limits]) yield* cornersOf(geometry);
}

function cornersOf(geometry: Polygonal): readonly Position[] {
  const cached = known.get(geometry);
  if (cached !== undefined) return cached;
  const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  const positions = parts.flat(2);
  known.set(geometry, positions);
  return positions;
}
