import { ringPerimeterM } from '../../../../gis/earth/polygon-area.ts';
import type { Position } from '../../../../gis/types.ts';
import { tracePath } from '../shaping/trace-path.ts';
import type { RingCorner } from './snapping/snap-to.ts';

/** One click of a traced outline: where, and on which corners of neighbours; several where neighbours meet. */
export interface StrokePoint {
  readonly position: Position;
  readonly on: readonly RingCorner[];
  /** The way to this point goes round the other side of the ring. */
  readonly isOtherWay: boolean;
}

export type Stroke = readonly StrokePoint[];

export const addPoint = (stroke: Stroke, position: Position, on: readonly RingCorner[]): Stroke => [
  ...stroke,
  { position, on, isOtherWay: false },
];

/** Sends the last stretch round the other side of the neighbour. */
export const turnLast = (stroke: Stroke): Stroke =>
  stroke.map((point, index) =>
    index === stroke.length - 1 && stroke.length > 1 ? { ...point, isOtherWay: !point.isOtherWay } : point,
  );

/** The outline so far, open: along a neighbour between two corners of one ring, straight elsewhere. */
export function strokePath(stroke: Stroke): Position[] {
  return stroke.flatMap((point, index): Position[] => {
    const before = stroke[index - 1];
    const way = before && wayAlong(before, point);
    return way === undefined ? [point.position] : way.slice(1);
  });
}

/** The shortest way along a ring that has both corners. */
function wayAlong(from: StrokePoint, to: StrokePoint): Position[] | undefined {
  const ways = from.on.flatMap(start =>
    to.on
      .filter(end => end.ring === start.ring)
      .map(end => tracePath(start.ring, start.corner, end.corner, to.isOtherWay)),
  );
  if (ways.length < 2) return ways[0];
  return ways.map(way => ({ way, lengthM: ringPerimeterM(way) })).sort((a, b) => a.lengthM - b.lengthM)[0]?.way;
}

/**
 * The outline closed from its last point to its first: along the neighbour where both lie on one, but never back over
 * what was traced, which would enclose nothing; straight then.
 */
export function closedPath(stroke: Stroke): Position[] {
  const [first] = stroke;
  if (first === undefined) return [];
  const path = strokePath(stroke);
  const closing = strokePath([...stroke, { ...first, isOtherWay: false }]).slice(path.length, -1);
  const traced = new Set(path.map(String));
  return closing.some(position => traced.has(String(position))) ? path : [...path, ...closing];
}
