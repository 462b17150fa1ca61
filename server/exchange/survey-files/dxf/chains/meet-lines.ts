import { BoxTree } from '../../../../../gis/geometry/validity/box-tree.ts';
import { nearOrder } from './near-order.ts';
import type { Piece, Point } from './piece.ts';

/** Segments of a layer up to which its lines are compared with each other. */
const MAX_SEGMENTS = 200_000;

/** Pairs of an end and a segment whose box it is in. */
const MAX_LOOKS = 2_000_000;

/** A place on a piece where another one ends. */
export interface Stop {
  readonly segment: number;
  /** From 0 to 1 along the segment. */
  readonly share: number;
  readonly at: Point;
}

/**
 * Divides pieces of one layer where another one ends on their way, as the border between two neighbours ends on the border that both have
 * with a third. The place lies on the line that is divided: its shape stays what it was.
 */
export function meetLines(pieces: readonly Piece[], reach: number): readonly Piece[] {
  const drawn = pieces.map(({ pairs }) => pairs());
  const count = countSegments(drawn);
  if (count > MAX_SEGMENTS || pieces.length < 2) return pieces;
  const { tree, ownerOf, segmentOf } = segmentsOf(drawn, count);
  const stops = new Map<number, Stop[]>();
  let looks = 0;
  for (const { start, end } of pieces) {
    // Long lines across each other are no borders of plots.
    if (looks > MAX_LOOKS) return pieces;
    for (const [x, y] of [start, end]) {
      tree.search(x - reach, y - reach, x + reach, y + reach, item => {
        looks++;
        const owner = ownerOf(item);
        const piece = pieces[owner] as Piece;
        if (isNear(piece.start, [x, y], reach) || isNear(piece.end, [x, y], reach)) return;
        const stop = stopAt(drawn[owner] as Float64Array, segmentOf(item), [x, y], reach);
        if (stop === undefined) return;
        const known = stops.get(owner);
        if (known === undefined) stops.set(owner, [stop]);
        else known.push(stop);
      });
    }
  }
  if (stops.size === 0) return pieces;
  return pieces.flatMap((piece, index) => {
    const own = stops.get(index);
    return own === undefined ? [piece] : divide(piece, drawn[index] as Float64Array, inTurn(own, reach));
  });
}

/** Whether so many lines are drawn that they are not compared with each other. */
export const areTooMany = (pieces: readonly Piece[]): boolean =>
  countSegments(pieces.map(({ pairs }) => pairs())) > MAX_SEGMENTS;

const countSegments = (drawn: readonly Float64Array[]): number =>
  drawn.reduce((sum, pairs) => sum + Math.max(0, pairs.length / 2 - 1), 0);

export interface Segments {
  readonly tree: BoxTree;
  /** Which line an item of the tree is of, and which of its segments it is. */
  readonly ownerOf: (item: number) => number;
  readonly segmentOf: (item: number) => number;
}

/** Every segment of lines by its place, and whose it is. */
export function segmentsOf(drawn: readonly Float64Array[], count: number): Segments {
  const owners = new Uint32Array(count);
  const segments = new Uint32Array(count);
  const starts = new Float64Array(2 * count);
  let used = 0;
  for (const [owner, pairs] of drawn.entries()) {
    for (let segment = 0; 2 * segment + 3 < pairs.length; segment++, used++) {
      owners[used] = owner;
      segments[used] = segment;
      starts.set(pairs.subarray(2 * segment, 2 * segment + 2), 2 * used);
    }
  }
  const order = nearOrder(starts);
  const boxes = new Float64Array(4 * count);
  for (const [item, index] of order.entries()) {
    const pairs = drawn[owners[index] as number] as Float64Array;
    const at = 2 * (segments[index] as number);
    const [x1, y1, x2, y2] = pairs.subarray(at, at + 4) as unknown as [number, number, number, number];
    boxes.set([Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)], 4 * item);
  }
  return {
    tree: new BoxTree(boxes),
    ownerOf: item => owners[order[item] as number] as number,
    segmentOf: item => segments[order[item] as number] as number,
  };
}

const isNear = (a: Point, b: Point, reach: number): boolean => Math.hypot(b[0] - a[0], b[1] - a[1]) <= reach;

/** The nearest place of a segment to a point, where it is near enough. */
export function stopAt(pairs: Float64Array, segment: number, [x, y]: Point, reach: number): Stop | undefined {
  const from = 2 * segment;
  const [x1, y1] = [pairs[from] as number, pairs[from + 1] as number];
  const [dx, dy] = [(pairs[from + 2] as number) - x1, (pairs[from + 3] as number) - y1];
  const share = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy || 1)));
  const at: Point = [x1 + share * dx, y1 + share * dy];
  return isNear(at, [x, y], reach) ? { segment, share, at } : undefined;
}

/** Stops as they follow each other along the line; those at one place are one. Compared with the one before only: a border may have thousands. */
function inTurn(stops: readonly Stop[], reach: number): Stop[] {
  const kept: Stop[] = [];
  for (const stop of stops.toSorted((a, b) => a.segment - b.segment || a.share - b.share)) {
    const before = kept.at(-1);
    if (before === undefined || !isNear(before.at, stop.at, reach)) kept.push(stop);
  }
  return kept;
}

function divide(piece: Piece, pairs: Float64Array, stops: readonly Stop[]): Piece[] {
  const parts: Piece[] = [];
  let points: number[] = [pairs[0] as number, pairs[1] as number];
  let next = 1;
  const finish = ([x, y]: Point): void => {
    if (points.at(-2) !== x || points.at(-1) !== y) points.push(x, y);
    const own = Float64Array.from(points);
    // Counted once, however many parts it comes to.
    const counts = parts.length === 0 ? piece : { count: 0, looseCount: 0 };
    const start: Point = [own[0] as number, own[1] as number];
    parts.push({
      layer: piece.layer,
      start,
      end: [x, y],
      pairs: () => own,
      count: counts.count,
      looseCount: counts.looseCount,
      isStraight: own.length === 4,
      ring: piece.ring,
    });
    points = [x, y];
  };
  for (const { segment, at } of stops) {
    for (; next <= segment; next++) points.push(pairs[2 * next] as number, pairs[2 * next + 1] as number);
    finish(at);
  }
  for (; 2 * next < pairs.length - 2; next++) points.push(pairs[2 * next] as number, pairs[2 * next + 1] as number);
  finish([pairs.at(-2) as number, pairs.at(-1) as number]);
  return parts;
}
