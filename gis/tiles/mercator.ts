import type { Box, Position } from '../types.ts';

/**
 * Web Mercator as a unit square: x from 0 at 180° W to 1 at 180° E, y from 0 at 85.05° N to 1 at 85.05° S. It needs no
 * radius. For drawing only: no length or area is ever taken here.
 */

/** Deepest zoom of which there are tiles. */
export const MAX_ZOOM = 24;

/** x in the unit square of a longitude in degrees; beyond the square for longitudes beyond ±180. */
export const mercatorX = (lng: number): number => lng / 360 + 0.5;

/** y in the unit square of a latitude in degrees: infinite at the poles, callers clip. */
export function mercatorY(lat: number): number {
  const s = Math.sin((lat * Math.PI) / 180);
  return 0.5 - Math.log((1 + s) / (1 - s)) / (4 * Math.PI);
}

/** `[lng, lat]` of a place in the unit square. */
export function fromMercator(x: number, y: number): Position {
  return [(x - 0.5) * 360, (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI];
}

/** Whether `z/x/y` names a tile: integers, `0 ≤ z ≤ 24`, `0 ≤ x, y < 2^z`. */
export function isTile(z: number, x: number, y: number): boolean {
  if (!Number.isInteger(z) || !Number.isInteger(x) || !Number.isInteger(y)) return false;
  return z >= 0 && z <= MAX_ZOOM && x >= 0 && y >= 0 && x < 2 ** z && y < 2 ** z;
}

/** The tile in degrees; `margin` widens it by that part of its side (64/4096 for the usual buffer). */
export function tileBox(z: number, x: number, y: number, margin = 0): Box {
  const size = 2 ** z;
  const [west, north] = fromMercator((x - margin) / size, (y - margin) / size);
  const [east, south] = fromMercator((x + 1 + margin) / size, (y + 1 + margin) / size);
  return [west, south, east, north];
}

/** The tile that holds a position at a zoom; positions beyond the square fall into its outermost tiles. */
export function tileAt(position: Position, z: number): { z: number; x: number; y: number } {
  const size = 2 ** z;
  const clamp = (value: number): number => Math.max(0, Math.min(size - 1, Math.floor(value * size)));
  return { z, x: clamp(mercatorX(position[0])), y: clamp(mercatorY(position[1])) };
}
