import type { Ring } from '../types.ts';
import type { LoosePolygonal } from './normalise.ts';

/** Counter-clockwise from the south-west. */
export const box = (west: number, south: number, east: number, north: number): Ring => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
  [west, south],
];

export const polygon = (...rings: (readonly (readonly number[])[])[]): LoosePolygonal => ({
  type: 'Polygon',
  coordinates: rings,
});
