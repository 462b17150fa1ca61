import { booleanPointInPolygon } from '@turf/turf';
import { overlayEdges, polygonEdges } from '../../../gis/geometry/overlay/overlay.ts';
import { partsOf } from '../../../gis/parts-of.ts';
import type { MultiPolygon, Polygonal, Position } from '../../../gis/types.ts';

/**
 * The drawing library knows neither holes nor several parts, so a polygon is edited as loose rings, each with its role,
 * and joined again for measuring and saving: all outer rings together, less all holes.
 */
export interface EditRing {
  readonly id: string;
  readonly role: 'outer' | 'hole';
  /** Open: the first position is not repeated. `[lng, lat]`, 9 decimals. */
  readonly positions: readonly Position[];
}

/** 1e-9 degree is about 0.1 mm: the grid on which the ledger stores. */
const DECIMALS = 1e9;
export const snapPosition = ([lng, lat]: Position): Position => [
  Math.round(lng * DECIMALS) / DECIMALS,
  Math.round(lat * DECIMALS) / DECIMALS,
];

const same = (a: Position | undefined, b: Position | undefined): boolean =>
  a !== undefined && b !== undefined && a[0] === b[0] && a[1] === b[1];

/** Closed ring to open positions: the repeated end goes, and neighbours that fall together on the grid become one. */
export function openRing(ring: readonly Position[]): Position[] {
  const open: Position[] = [];
  for (const position of ring.map(snapPosition)) if (!same(open.at(-1), position)) open.push(position);
  while (open.length > 1 && same(open[0], open.at(-1))) open.pop();
  return open;
}

export function closeRing(positions: readonly Position[]): Position[] {
  const [first] = positions;
  return first === undefined ? [] : [...positions, first];
}

/** Every ring of a polygon or of all parts of a multipolygon. `newId` names them. */
export function toRings(geometry: Polygonal, newId: () => string): EditRing[] {
  return partsOf(geometry).flatMap(rings =>
    rings.map((ring, index): EditRing => ({
      id: newId(),
      role: index === 0 ? 'outer' : 'hole',
      positions: openRing(ring),
    })),
  );
}

/** Enough corners to enclose land. */
export const isComplete = (ring: EditRing): boolean => ring.positions.length >= 3;

/**
 * Outer rings joined, holes taken out, on the grid of the ledger. Without parts where nothing is left; undefined when
 * crossings cannot be resolved on the grid.
 */
export function toPolygonal(rings: readonly EditRing[]): MultiPolygon | undefined {
  const edges = rings
    .filter(isComplete)
    .flatMap(({ role, positions }) =>
      polygonEdges({ type: 'Polygon', coordinates: [closeRing(positions)] }, role === 'outer' ? 0 : 1),
    );
  return overlayEdges(edges, (outer, hole) => outer > 0 && hole <= 0);
}

/**
 * The rings as they were drawn, each hole under the part that contains its first corner, nothing joined or cut: what
 * validation must see, because joining would hide a crossing. A hole outside every part stands as a hole of the first.
 */
export function asDrawn(rings: readonly EditRing[]): MultiPolygon | undefined {
  const outers = rings.filter(ring => ring.role === 'outer' && isComplete(ring));
  const parts = outers.map(outer => ({ outer, rings: [closeRing(outer.positions)] }));
  for (const hole of rings.filter(ring => ring.role === 'hole' && isComplete(ring))) {
    const corner = hole.positions[0];
    const home = parts.find(part => corner !== undefined && isInside(corner, part.rings[0])) ?? parts[0];
    home?.rings.push(closeRing(hole.positions));
  }
  return parts.length === 0 ? undefined : { type: 'MultiPolygon', coordinates: parts.map(part => part.rings) };
}

/** Good enough to choose a part, never for an area. */
const isInside = (position: Position, ring: readonly Position[] | undefined): boolean =>
  ring !== undefined &&
  booleanPointInPolygon([...position], { type: 'Polygon', coordinates: [ring.map(([lng, lat]) => [lng, lat])] });
