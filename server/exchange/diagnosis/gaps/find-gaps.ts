import { polygonAreaM2, polygonPerimeterM } from '../../../../gis/earth/polygon-area.ts';
import { overlay } from '../../../../gis/geometry/overlay/overlay.ts';
import { boxesMeet, boxOf } from '../../../../gis/geometry/position/box.ts';
import { pointOnSurface } from '../../../../gis/geometry/position/point-on-surface.ts';
import type { Box, MultiPolygon, PolygonRings, Position } from '../../../../gis/types.ts';
import type { Ground } from '../ground.ts';
import { pairsOfBoxes } from '../rows/pairs-of-boxes.ts';
import type { RowStore } from '../rows/row-store.ts';
import { facingEdges, hasGap } from './facing-edges.ts';
import { gapStrips } from './gap-strips.ts';
import { EdgeBuffer, LocalPlane, nearestOn, type Edges } from './near-edges.ts';
import { nearRows, type RowSearch } from './near-rows.ts';

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
const GAP_WIDTH = { widthM: WIDTH_M, noiseM: NOISE_M } as const;
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

/**
 * Finds narrow gaps between the rows of a file, between rows and land that is recorded, and between rows and the border of the ground.
 * Bounded in time by counts.
 */
export function findGaps(store: RowStore, recorded: RowStore, ground: Ground): FoundGaps {
  const search = new GapSearch(store, recorded, ground);
  search.betweenRows();
  search.toRecorded();
  search.toBorder();
  return search;
}

/** A row and what it may have a gap to: the outlines of both, and the box in degrees where they come near each other. */
interface Facing {
  readonly index: number;
  readonly neighbour: GapNeighbour;
  readonly rings: readonly Float64Array[];
  readonly others: readonly Float64Array[];
  readonly box: Box;
}

class GapSearch implements FoundGaps {
  readonly gaps: Gap[] = [];
  isComplete = true;
  private readonly store: RowStore;
  private readonly recorded: RowStore;
  private readonly ground: Ground;
  private readonly near: RowSearch;
  private readonly nearRecorded: RowSearch;
  private readonly marginDeg: number;
  /** Gaps that were found, so that no ground is told twice. */
  private readonly taken: { readonly ground: MultiPolygon; readonly box: Box }[] = [];
  private readonly edgesOfRow = new EdgeBuffer();
  private readonly edgesOfOther = new EdgeBuffer();
  private pairs = 0;
  private clipped = 0;

  constructor(store: RowStore, recorded: RowStore, ground: Ground) {
    this.store = store;
    this.recorded = recorded;
    this.ground = ground;
    this.near = nearRows(store);
    this.nearRecorded = nearRows(recorded);
    this.marginDeg = marginOf(store);
  }

  betweenRows(): void {
    const { store, marginDeg } = this;
    for (const pair of pairsOfBoxes(store, marginDeg)) {
      if (pair === undefined || ++this.pairs > MAX_PAIRS) {
        this.isComplete = false;
        break;
      }
      const [later, earlier] = store.row(pair[0]) > store.row(pair[1]) ? pair : [pair[1], pair[0]];
      this.look({
        index: later,
        neighbour: { kind: 'row', index: earlier },
        rings: store.rings(later),
        others: store.rings(earlier),
        box: commonBox(store.box(later), store.box(earlier), marginDeg),
      });
    }
  }

  toRecorded(): void {
    const { store, recorded, marginDeg } = this;
    if (recorded.size === 0) return;
    for (let index = 0; index < store.size && this.isComplete; index++) {
      const around = grown(store.box(index), marginDeg);
      for (const cell of this.nearRecorded(...around)) {
        if (++this.pairs > MAX_PAIRS) {
          this.isComplete = false;
          break;
        }
        const box = commonBox(around, recorded.box(cell), marginDeg);
        const others = recorded.rings(cell);
        this.look({ index, neighbour: { kind: 'recorded' }, rings: store.rings(index), others, box });
      }
    }
  }

  toBorder(): void {
    const { store } = this;
    for (let index = 0; index < store.size && this.isComplete; index++) {
      const box = grown(store.box(index), this.marginDeg);
      const others = this.ground.borderIn(box);
      if (others.length > 0)
        this.look({ index, neighbour: { kind: 'border' }, rings: store.rings(index), others, box });
    }
  }

  /** Keeps the gap between two outlines, where there is one. */
  private look({ index, neighbour, rings, others, box }: Facing): void {
    const plane = new LocalPlane((box[0] + box[2]) / 2, (box[1] + box[3]) / 2);
    const a = plane.edgesIn(rings, box, this.edgesOfRow);
    if (a.length === 0) return;
    const b = plane.edgesIn(others, box, this.edgesOfOther);
    if (b.length === 0) return;
    const isFree = (position: Position): boolean => this.isFree(position, neighbour.kind);
    if (!hasGap(a, b, GAP_WIDTH, plane, isFree) && !hasGap(b, a, GAP_WIDTH, plane, isFree)) return;
    const strips: MultiPolygon = {
      type: 'MultiPolygon',
      coordinates: gapStrips(a, b, facingEdges(a, b, WIDTH_M), WIDTH_M, plane),
    };
    const reach = boxOf(strips) ?? box;
    const land = this.landIn(reach, neighbour.kind, strips.coordinates.length);
    if (land === undefined) return;
    const open = overlay(strips, land, 'difference');
    const within = neighbour.kind === 'border' && open !== undefined ? this.ground.within(open) : open;
    const parts = (within?.coordinates ?? []).filter(
      part => isGap(part) && touches(part, a, plane) && touches(part, b, plane),
    );
    if (parts.length === 0) return;
    const holes = holesLeft(land, parts).filter(part => touches(part, a, plane));
    const found: MultiPolygon = { type: 'MultiPolygon', coordinates: [...parts, ...holes] };
    const [largest] = parts.toSorted((p, q) => areaOf(q) - areaOf(p)) as [PolygonRings];
    const position = pointOnSurface({ type: 'MultiPolygon', coordinates: [largest] });
    if (position === undefined) return;
    const areaM2 = polygonAreaM2(found);
    if (neighbour.kind === 'border' && areaM2 < MIN_BORDER_AREA_M2) return;
    const widthM = (2 * areaM2) / polygonPerimeterM(found);
    this.gaps.push({ index, neighbour, ground: found, areaM2, widthM, position });
    this.taken.push({ ground: found, box: boxOf(found) ?? reach });
  }

  /** Whether nobody holds a place: between two rows ground is missing whatever was recorded of it before. */
  private isFree([lng, lat]: Position, kind: GapNeighbour['kind']): boolean {
    const { store, recorded } = this;
    if (kind === 'border' && !this.ground.isInside([lng, lat])) return false;
    if (this.near(lng, lat, lng, lat).some(row => isWithin(store.rings(row), lng, lat))) return false;
    return (
      kind === 'row' || !this.nearRecorded(lng, lat, lng, lat).some(cell => isWithin(recorded.rings(cell), lng, lat))
    );
  }

  /** All that is no gap in a box; undefined where there has been too much of it by now. */
  private landIn(reach: Box, kind: GapNeighbour['kind'], stripCount: number): MultiPolygon | undefined {
    const { store, recorded } = this;
    const rows = this.near(...reach);
    const cells = kind === 'row' ? [] : this.nearRecorded(...reach);
    this.clipped += stripCount * 4 + cornersOf(store, rows) + cornersOf(recorded, cells);
    if (this.gaps.length >= MAX_GAPS || this.clipped > MAX_CLIPPED) {
      this.isComplete = false;
      return undefined;
    }
    const coordinates = [
      ...rows.flatMap(row => store.geometry(row).coordinates),
      ...cells.flatMap(cell => recorded.geometry(cell).coordinates),
      ...this.taken.filter(one => boxesMeet(one.box, reach)).flatMap(one => one.ground.coordinates),
    ];
    return { type: 'MultiPolygon', coordinates };
  }
}

const cornersOf = (store: RowStore, rows: readonly number[]): number =>
  rows.reduce((sum, row) => sum + store.rings(row).reduce((count, ring) => count + ring.length / 2, 0), 0);

/** The width of a gap in degrees, at the row farthest from the equator. */
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
