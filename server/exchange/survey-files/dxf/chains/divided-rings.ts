import { RingLocator } from '../../../../../gis/geometry/validity/ring-locator.ts';
import { segmentsOf, stopAt } from './meet-lines.ts';
import type { Piece, Point } from './piece.ts';

/** Segments of closed outlines up to which lines in them are looked for. */
const MAX_SEGMENTS = 200_000;
/** Pairs of an end and a segment whose box it is in. */
const MAX_LOOKS = 2_000_000;
/** A line across a piece of ground ends on its border twice. */
const MIN_ENDS = 2;

/** A closed outline of a drawing, its first point again at its end. */
export interface ClosedRing {
  readonly layer: string;
  readonly pairs: Float64Array;
}

/**
 * Closed outlines on whose border lines end that come from within, on the same layer or on any: as pieces of their own, to be joined with
 * those lines. Lines that only cross an outline, or end on it from outside, divide nothing.
 */
export function dividedRings(
  rings: readonly ClosedRing[],
  pieces: readonly Piece[],
  reach: number,
  where: 'on its layer' | 'on any layer' = 'on its layer',
): Piece[] {
  const ringAt = (index: number): ClosedRing => rings[index] as ClosedRing;
  const layers = new Set(pieces.map(({ layer }) => layer));
  const isAny = where === 'on any layer' && pieces.length > 0;
  const near = [...rings.keys()].filter(index => isAny || layers.has(ringAt(index).layer));
  const drawn = near.map(index => ringAt(index).pairs);
  const count = drawn.reduce((sum, pairs) => sum + Math.max(0, pairs.length / 2 - 1), 0);
  if (count === 0 || count > MAX_SEGMENTS) return [];
  const { tree, ownerOf, segmentOf } = segmentsOf(drawn, count);
  const ends = new Map<number, number>();
  /** Outlines that a line meets from within, and those that it meets from outside. */
  const beside: (readonly [within: number, outside: number])[] = [];
  // Thousands of lines may end on one long outline.
  const locators = new Map<number, RingLocator>();
  const isWithin = (index: number, [x, y]: Point): boolean => {
    const known = locators.get(index) ?? new RingLocator(ringAt(index).pairs.subarray(0, -2));
    locators.set(index, known);
    return known.locate(x, y) === 'inside';
  };
  let looks = 0;
  for (const piece of pieces) {
    if (looks > MAX_LOOKS) return [];
    const [within, outside] = [new Set<number>(), new Set<number>()];
    for (const [end, inwards] of endsOf(piece)) {
      const touched = new Set<number>();
      tree.search(end[0] - reach, end[1] - reach, end[0] + reach, end[1] + reach, item => {
        looks++;
        const owner = ownerOf(item);
        const index = near[owner] as number;
        if (touched.has(index) || (!isAny && ringAt(index).layer !== piece.layer)) return;
        const pairs = drawn[owner] as Float64Array;
        if (stopAt(pairs, segmentOf(item), end, reach) === undefined) return;
        touched.add(index);
        const isFromWithin = isWithin(index, inwards);
        (isFromWithin ? within : outside).add(index);
        if (isFromWithin) ends.set(index, (ends.get(index) ?? 0) + 1);
      });
    }
    for (const one of within) for (const other of outside) beside.push([one, other]);
  }
  const divided = new Set([...ends].filter(([, found]) => found >= MIN_ENDS).map(([index]) => index));
  // Lines from a border to an outline that lies within it.
  for (const [one, other] of beside) {
    const [x = 0, y = 0] = ringAt(other).pairs;
    if (divided.has(one) && isWithin(one, [x, y])) divided.add(other);
  }
  return [...divided].map(index => pieceOf(ringAt(index), index));
}

function pieceOf({ layer, pairs }: ClosedRing, ring: number): Piece {
  const start: Point = [pairs[0] as number, pairs[1] as number];
  return { layer, start, end: start, pairs: () => pairs, count: 1, looseCount: 0, isStraight: false, ring };
}

/** Both ends of a line, each with a place a little way along it. */
function endsOf(piece: Piece): (readonly [end: Point, inwards: Point])[] {
  const pairs = piece.pairs();
  const point = (at: number): Point => [pairs[2 * at] as number, pairs[2 * at + 1] as number];
  const last = pairs.length / 2 - 1;
  return [
    [point(0), between(point(0), point(1))],
    [point(last), between(point(last), point(last - 1))],
  ];
}

const between = (a: Point, b: Point): Point => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
