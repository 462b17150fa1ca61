import { bbox } from '@turf/turf';
import type { Geometry } from 'geojson';
import type { Box } from '../../../gis/types.ts';

/** About 200 m: how much of the surroundings a point is shown with. */
const AROUND_POINT_DEG = 0.002;

/** The box around a geometry, grown a little for a point. Undefined where it has no position. */
export function boxOf(geometry: Geometry): Box | undefined {
  const [west, south, east, north] = bbox(geometry);
  if (![west, south, east, north].every(Number.isFinite)) return undefined;
  const grow = geometry.type === 'Point' ? AROUND_POINT_DEG : 0;
  return [west - grow, south - grow, east + grow, north + grow];
}
