import { polygonAreaM2, polygonPerimeterM } from '../../../../gis/earth/polygon-area.ts';
import { overlay } from '../../../../gis/geometry/overlay/overlay.ts';
import { boxesMeet, boxOf } from '../../../../gis/geometry/position/box.ts';
import { pointOnSurface } from '../../../../gis/geometry/position/point-on-surface.ts';
import { BoxTree } from '../../../../gis/geometry/validity/box-tree.ts';
import type { Box, MultiPolygon, PolygonRings, Position } from '../../../../gis/types.ts';
import type { Ground } from '../ground.ts';
import { pairsOfBoxes } from '../rows/pairs-of-boxes.ts';
import type { RowStore } from '../rows/row-store.ts';
import { gapStrips } from './gap-strips.ts';
import { distance2To, EdgeBuffer, LocalPlane, nearestOn, type Edges } from './near-edges.ts';

/** Ground between a row and its neighbour that is narrower than a survey would draw on purpose. */
export interface Gap {
  /** Index in the store: the row that would take the ground. */
  readonly index: number;
  readonly neighbour: GapNeighbour;
  readonly ground: MultiPolygon;
  readonly areaM2: number;
  readonly widthM: number;
  readonly position: Position;
}

/** Another row, by its index in the store; land that is recorded; the border of the land that the mine may disturb. */
export type GapNeighbour =
  { readonly kind: 'row'; readonly index: number } | { readonly kind: 'recorded' } | { readonly kind: 'border' };

export interface FoundGaps {
  readonly gaps: readonly Gap[];
  /** False where there were too many to look at each. */
  readonly isComplete: boolean;
}

/** Gaps up to this width are taken for slips between two outlines, m. */
const WIDTH_M = 0.5;
/** What rounding to millimetres leaves between outlines that were meant to touch, m. */
const NOISE_M = 0.002;
/** Ground that no thumb covers on a plan is no gap. */
const MIN_AREA_M2 = 0.05;
const MIN_LENGTH_M = 1;
/** Strips reach a little beyond the corners they end at, m. */
const TOUCH_M = 0.005;
/** To a boundary, which rows need not follow, m². */
const MIN_BORDER_AREA_M2 = 1;
const MAX_HOLE_M2 = 2 * WIDTH_M ** 2;
/** A gap is at least this much longer than wide: wedges between rows that part from a common corner are none. */
const MIN_SHAPE = 4;
const MAX_PAIRS = 4_000_000;
const MAX_GAPS = 1_000;
/** Bound on the corners that all overlays together are given. */
const MAX_CLIPPED = 2_000_000;
const MAX_PROBES = 32;

/**
 * Finds narrow gaps between the rows of a file, between rows and land that is recorded, and between rows and the border of the ground.
 * Bounded in time by counts.
 */
export function findGaps(store: RowStore, recorded: RowStore, ground: Ground): FoundGaps {
  const gaps: Gap[] = [];
  const taken: { readonly ground: MultiPolygon; readonly box: Box }[] = [];
  const near = nearRows(store);
  const nearRecorded = nearRows(recorded);
  let pairs = 0;
  let clipped = 0;
  const [ownEdges, otherEdges] = [new EdgeBuffer(), new EdgeBuffer()];
  let isComplete = true;
  const look = (
    index: number,
    neighbour: GapNeighbour,
    rings: readonly Float64Array[],
    others: readonly Float64Array[],
    box: Box,
  ): void => {
    const plane = new LocalPlane((box[0] + box[2]) / 2, (box[1] + box[3]) / 2);
    const a = plane.edgesIn(rings, box, ownEdges);
    if (a.length === 0) return;
    const b = plane.edgesIn(others, box, otherEdges);
    if (b.length === 0) return;
    const isFree = ([lng, lat]: Position): boolean =>
      (neighbour.kind !== 'border' || ground.isInside([lng, lat])) &&
      !near(lng, lat, lng, lat).some(row => isWithin(store.rings(row), lng, lat)) &&
      (neighbour.kind === 'row' ||
        !nearRecorded(lng, lat, lng, lat).some(cell => isWithin(recorded.rings(cell), lng, lat)));
    if (!hasGap(a, b, plane, isFree) && !hasGap(b, a, plane, isFree)) return;
    const strips = gapStrips(a, b, facingEdges(a, b), WIDTH_M, plane);
    const reach = boxOf({ type: 'MultiPolygon', coordinates: strips }) ?? box;
    const [west, south, east, north] = reach;
    const rows = near(west, south, east, north);
    // Between two rows ground is missing whatever was recorded of it before.
    const cells = neighbour.kind === 'row' ? [] : nearRecorded(west, south, east, north);
    clipped += strips.length * 4 + cornersOf(store, rows) + cornersOf(recorded, cells);
    if (gaps.length >= MAX_GAPS || clipped > MAX_CLIPPED) {
      isComplete = false;
      return;
    }
    const land = [
      ...rows.flatMap(row => store.geometry(row).coordinates),
      ...cells.flatMap(cell => recorded.geometry(cell).coordinates),
      ...taken.filter(one => boxesMeet(one.box, reach)).flatMap(one => one.ground.coordinates),
    ];
    const open = overlay(
      { type: 'MultiPolygon', coordinates: strips },
      { type: 'MultiPolygon', coordinates: land },
      'difference',
    );
    const within = neighbour.kind === 'border' && open !== undefined ? ground.within(open) : open;
    const parts = (within?.coordinates ?? []).filter(
      part => isGap(part) && touches(part, a, plane) && touches(part, b, plane),
    );
    if (parts.length === 0) return;
    const holes = holesLeft({ type: 'MultiPolygon', coordinates: land }, parts).filter(part => touches(part, a, plane));
    const found: MultiPolygon = { type: 'MultiPolygon', coordinates: [...parts, ...holes] };
    const [largest] = parts.toSorted((p, q) => areaOf(q) - areaOf(p)) as [PolygonRings];
    const position = pointOnSurface({ type: 'MultiPolygon', coordinates: [largest] });
    if (position === undefined) return;
    const areaM2 = polygonAreaM2(found);
    if (neighbour.kind === 'border' && areaM2 < MIN_BORDER_AREA_M2) return;
    gaps.push({ index, neighbour, ground: found, areaM2, widthM: (2 * areaM2) / polygonPerimeterM(found), position });
    taken.push({ ground: found, box: boxOf(found) ?? reach });
  };

  const marginDeg = marginOf(store);
  for (const pair of pairsOfBoxes(store, marginDeg)) {
    if (pair === undefined || ++pairs > MAX_PAIRS) {
      isComplete = false;
      break;
    }
    const [later, earlier] = store.row(pair[0]) > store.row(pair[1]) ? pair : [pair[1], pair[0]];
    look(
      later,
      { kind: 'row', index: earlier },
      store.rings(later),
      store.rings(earlier),
      commonBox(store.box(later), store.box(earlier), marginDeg),
    );
  }
  if (recorded.size > 0) {
    for (let index = 0; index < store.size && isComplete; index++) {
      const box = grown(store.box(index), marginDeg);
      for (const cell of nearRecorded(...box)) {
        const common = commonBox(box, recorded.box(cell), marginDeg);
        if (++pairs <= MAX_PAIRS) look(index, { kind: 'recorded' }, store.rings(index), recorded.rings(cell), common);
        else isComplete = false;
      }
    }
  }
  for (let index = 0; index < store.size && isComplete; index++) {
    const box = grown(store.box(index), marginDeg);
    const border = ground.borderIn(box);
    if (border.length > 0) look(index, { kind: 'border' }, store.rings(index), border, box);
  }
  return { gaps, isComplete };
}

const cornersOf = (store: RowStore, rows: readonly number[]): number =>
  rows.reduce((sum, row) => sum + store.rings(row).reduce((count, ring) => count + ring.length / 2, 0), 0);

function marginOf(store: RowStore): number {
  let farthest = 0;
  for (let index = 0; index < store.size; index++)
    farthest = Math.max(farthest, Math.abs(store.side(index, 1)), Math.abs(store.side(index, 3)));
  return new LocalPlane(0, Math.min(farthest, 85)).degrees(WIDTH_M);
}

const grown = ([west, south, east, north]: Box, by: number): Box => [west - by, south - by, east + by, north + by];

const commonBox = (a: Box, b: Box, by: number): Box => [
  Math.max(a[0], b[0]) - by,
  Math.max(a[1], b[1]) - by,
  Math.min(a[2], b[2]) + by,
  Math.min(a[3], b[3]) + by,
];

/** Rows whose boxes meet a box. The tree is grown when it is first asked. */
function nearRows(store: RowStore): (west: number, south: number, east: number, north: number) => number[] {
  let tree: BoxTree | undefined;
  let order: readonly number[] = [];
  return (west, south, east, north) => {
    if (tree === undefined) {
      order = Array.from({ length: store.size }, (_unused, index) => index).sort(
        (a, b) => store.side(a, 0) - store.side(b, 0),
      );
      tree = new BoxTree(Float64Array.from(order.flatMap(index => store.box(index))));
    }
    const found: number[] = [];
    tree.search(west, south, east, north, item => void found.push(order[item] as number));
    return found;
  };
}

/** Pairs of edges that come near each other, found by their boxes. */
function facingEdges(a: Edges, b: Edges): (readonly [i: number, j: number])[] {
  const found: (readonly [number, number])[] = [];
  const reach = WIDTH_M * Math.SQRT2;
  const tree = treeOf(b);
  for (let i = 0; i < a.length; i += 4) {
    const [west, south, east, north] = boxOfEdge(a, i);
    tree.search(west - reach, south - reach, east + reach, north + reach, item => void found.push([i, 4 * item]));
  }
  return found;
}

function treeOf(edges: Edges): BoxTree {
  const boxes = new Float64Array(edges.length);
  for (let at = 0; at < edges.length; at += 4) boxes.set(boxOfEdge(edges, at), at);
  return new BoxTree(boxes);
}

function boxOfEdge(edges: Edges, at: number): [number, number, number, number] {
  const [ax, ay, bx, by] = [edges[at], edges[at + 1], edges[at + 2], edges[at + 3]] as [number, number, number, number];
  return [Math.min(ax, bx), Math.min(ay, by), Math.max(ax, bx), Math.max(ay, by)];
}

/** Edges of both outlines up to which all of them are compared, which costs less than a tree. */
const FEW = 4_096;

/** Whether some corner of one is off the other by more than noise and less than a gap's width, with free ground between. */
function hasGap(of: Edges, to: Edges, plane: LocalPlane, isFree: (position: Position) => boolean): boolean {
  const tree = of.length * to.length > 16 * FEW ? treeOf(to) : undefined;
  let probes = 0;
  let least = Infinity;
  let nearest = -1;
  let [px, py] = [0, 0];
  const compare = (at: number): void => {
    const distance2 = distance2To(to, at, px, py);
    if (distance2 < least) [least, nearest] = [distance2, at];
  };
  for (let i = 0; i < of.length; i += 2) {
    px = of[i] as number;
    py = of[i + 1] as number;
    // The end of an edge is most often the beginning of the next.
    if (i % 4 === 2 && px === of[i + 2] && py === of[i + 3]) continue;
    least = WIDTH_M ** 2;
    nearest = -1;
    if (tree === undefined) {
      for (let at = 0; at < to.length && least > NOISE_M ** 2; at += 4) compare(at);
    } else tree.search(px - WIDTH_M, py - WIDTH_M, px + WIDTH_M, py + WIDTH_M, item => compare(4 * item));
    if (nearest < 0 || least <= NOISE_M ** 2) continue;
    const [x, y] = nearestOn(to, nearest, px, py);
    if (isFree(plane.position((x + px) / 2, (y + py) / 2))) return true;
    // Looked at often enough: the overlay tells.
    if (++probes >= MAX_PROBES) return true;
  }
  return false;
}

/** Crumbs where three outlines meet, which no two of them face each other across. */
function holesLeft(land: MultiPolygon, parts: readonly PolygonRings[]): PolygonRings[] {
  const whole = overlay(land, { type: 'MultiPolygon', coordinates: parts }, 'union');
  return (whole?.coordinates ?? [])
    .flatMap(rings => rings.slice(1))
    .map((hole): PolygonRings => [hole.toReversed()])
    .filter(hole => areaOf(hole) <= MAX_HOLE_M2);
}

const areaOf = (part: PolygonRings): number => polygonAreaM2({ type: 'MultiPolygon', coordinates: [part] });

function isGap(part: PolygonRings): boolean {
  const areaM2 = areaOf(part);
  const lengthM = polygonPerimeterM({ type: 'MultiPolygon', coordinates: [part] }) / 2;
  const widthM = areaM2 / lengthM;
  return areaM2 >= MIN_AREA_M2 && lengthM >= MIN_LENGTH_M && widthM >= NOISE_M / 2 && lengthM >= MIN_SHAPE * widthM;
}

/** Whether a part of the ground has a corner on one of the edges. */
function touches(part: PolygonRings, edges: Edges, plane: LocalPlane): boolean {
  return part.some(ring =>
    ring.some(([lng, lat]) => {
      const [px, py] = [plane.x(lng), plane.y(lat)];
      for (let at = 0; at < edges.length; at += 4) {
        const [x, y] = nearestOn(edges, at, px, py);
        if (Math.hypot(x - px, y - py) < TOUCH_M) return true;
      }
      return false;
    }),
  );
}

/** Even-odd; a place on the line counts as outside. */
function isWithin(rings: readonly Float64Array[], x: number, y: number): boolean {
  let isInside = false;
  for (const flat of rings) {
    for (let i = 0; i + 3 < flat.length; i += 2) {
      const [x1, y1, x2, y2] = [flat[i], flat[i + 1], flat[i + 2], flat[i + 3]] as [number, number, number, number];
      if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) isInside = !isInside;
    }
  }
  return isInside;
}
