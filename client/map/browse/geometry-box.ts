import type { Geometry, Position } from 'geojson';
import type { Box } from '../../../gis/types.ts';

/** The box around a geometry, grown a little for a point. Undefined where it has no position. */
export function boxOf(geometry: Geometry): Box | undefined {
  if (geometry.type === 'GeometryCollection') return undefined;
  const positions = (
    geometry.type === 'Point' ? [geometry.coordinates] : (geometry.coordinates as unknown[]).flat(depth(geometry.type))
  ) as Position[];
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lng = NaN, lat = NaN] of positions) {
    west = Math.min(west, lng);
    south = Math.min(south, lat);
    east = Math.max(east, lng);
    north = Math.max(north, lat);
  }
  if (!Number.isFinite(west)) return undefined;
  const grow = geometry.type === 'Point' ? 0.002 : 0;
  return [west - grow, south - grow, east + grow, north + grow];
}

const depth = (type: Geometry['type']): number =>
  type === 'MultiPolygon' ? 2 : type === 'Polygon' || type === 'MultiLineString' ? 1 : 0;
