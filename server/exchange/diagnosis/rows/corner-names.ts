import { SNAP_DEG, snapDegrees } from '../../../../gis/geometry/normalise.ts';
import type { MultiPolygon, Position } from '../../../../gis/types.ts';
import type { PlacedRing } from './points-at.ts';

/** Names of corners as findings call them, polygon by polygon and ring by ring, closing corners left out; null = a corner that the file does not have. */
export type CornerNames = (string | null)[][][];

/**
 * What the file calls the corners of an outline that was made of its rings; undefined where that is their number in
 * the outline, or nobody knows its rings any more.
 */
export function cornerNames(geometry: MultiPolygon, rings: readonly PlacedRing[]): CornerNames | undefined {
  if (rings.length === 0 || isAsCounted(geometry, rings)) return undefined;
  const nameAt = new Map<string, string>();
  for (const [index, { positions, names }] of rings.entries()) {
    for (const [at, position] of positions.entries()) {
      const plain = names?.[at] ?? '';
      const own = plain === '' ? String(at + 1) : plain;
      const key = keyOf(position);
      // A closing point is called by the one that it repeats.
      if (!nameAt.has(key)) nameAt.set(key, rings.length > 1 ? `${index + 1}/${own}` : own);
    }
  }
  return geometry.coordinates.map(part =>
    part.map(ring => ring.slice(0, -1).map(position => nameAt.get(keyOf(position)) ?? null)),
  );
}

/** One ring without names, corner by corner as it is in the file. */
function isAsCounted({ coordinates }: MultiPolygon, rings: readonly PlacedRing[]): boolean {
  const [ring] = rings;
  const outline = coordinates[0]?.[0];
  if (coordinates.length !== 1 || coordinates[0]?.length !== 1 || rings.length !== 1 || outline === undefined)
    return false;
  const isNamed = ring?.names?.some((name, at) => name !== '' && name !== String(at + 1)) === true;
  return !isNamed && outline.slice(0, -1).every((corner, at) => isSame(corner, ring?.positions[at]));
}

const isSame = ([lng, lat]: Position, other: Position | undefined): boolean =>
  other !== undefined && Math.abs(lng - other[0]) <= SNAP_DEG && Math.abs(lat - other[1]) <= SNAP_DEG;

const keyOf = ([lng, lat]: Position): string => `${snapDegrees(lng)} ${snapDegrees(lat)}`;
