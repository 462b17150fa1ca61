import type { Polygon, Position } from '../../../../gis/types.ts';
import { snapPosition } from '../rings.ts';

/** The rectangle along meridians and parallels between two opposite corners; undefined where they enclose nothing. */
export function rectangle(one: Position, other: Position): Polygon | undefined {
  const [a, b] = [snapPosition(one), snapPosition(other)];
  const [west, east] = a[0] < b[0] ? [a[0], b[0]] : [b[0], a[0]];
  const [south, north] = a[1] < b[1] ? [a[1], b[1]] : [b[1], a[1]];
  if (west === east || south === north) return undefined;
  const ring: Position[] = [
    [west, south],
    [east, south],
    [east, north],
    [west, north],
    [west, south],
  ];
  return { type: 'Polygon', coordinates: [ring] };
}
