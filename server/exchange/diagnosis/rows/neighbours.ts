import { roundedM2 } from '../../../../gis/area-wording.ts';
import { polygonAreaM2, polygonPerimeterM } from '../../../../gis/earth/polygon-area.ts';
import { overlay } from '../../../../gis/geometry/overlay/overlay.ts';
import { pointOnSurface } from '../../../../gis/geometry/position/point-on-surface.ts';
import { orientation } from '../../../../gis/geometry/validity/orientation.ts';
import { isSliver } from '../../../../gis/ledger/moves.ts';
import type { MultiPolygon } from '../../../../gis/types.ts';
import type { Finding } from '../finding.ts';
import { pairsOfBoxes } from './pairs-of-boxes.ts';
import type { RowStore } from './row-store.ts';

const MAX_CLIPS = 400;
const MAX_PAIRS = 4_000_000;

export interface NeighbourFindings {
  readonly findings: readonly Finding[];
  /** Rows whose land another row of the file covers too, by number; all of them where that could not be told of each. */
  readonly meeting: ReadonlySet<number>;
}

/** Rows that lie on one another: the same outline twice, or an overlap wider than drawing noise. */
export function findNeighbours(store: RowStore, acceptsOverlaps: boolean, maxPairs = MAX_PAIRS): NeighbourFindings {
  const findings: Finding[] = [];
  const meeting = new Set<number>();
  let clips = 0;
  let pairs = 0;
  for (const pair of pairsOfBoxes(store)) {
    if (pair === undefined || ++pairs > maxPairs) {
      findings.push({ code: 'overlaps-not-checked', severity: 'warning' });
      // Rows that meet nothing are written without a look at each other: a row that was not compared is none of them.
      for (let index = 0; index < store.size; index++) meeting.add(store.row(index));
      break;
    }
    const [a, b] = pair;
    const [one, other] = [store.rings(a), store.rings(b)];
    const isTwin = sameOutline(one, other);
    if (!isTwin && !shareLand(one, other)) continue;
    const rows = [store.row(a), store.row(b)].toSorted((x, y) => x - y) as [number, number];
    meeting.add(rows[0]).add(rows[1]);
    const at = { row: rows[1], params: { other: rows[0] } };
    if (isTwin) {
      findings.push({ ...fault('row-twice', acceptsOverlaps), ...at, position: pointOnSurface(store.geometry(a)) });
    } else if (++clips <= MAX_CLIPS) {
      const land = clip(store.geometry(a), store.geometry(b));
      if (land !== undefined)
        findings.push({
          ...fault('rows-overlap', acceptsOverlaps),
          ...at,
          ...land,
          params: { ...at.params, areaM2: land.areaM2 },
        });
    }
  }
  if (clips > MAX_CLIPS) findings.push({ ...fault('rows-overlap-many', acceptsOverlaps), params: { count: clips } });
  return { findings, meeting };
}

function fault(code: string, isAccepted: boolean): Pick<Finding, 'code' | 'severity' | 'fix'> {
  if (isAccepted) return { code, severity: 'warning' };
  return { code, severity: 'error', fix: { code: 'accept-overlaps', fixes: { acceptOverlaps: true } } };
}

function sameOutline(one: readonly Float64Array[], other: readonly Float64Array[]): boolean {
  if (one.length !== other.length) return false;
  const key = (flat: Float64Array, i: number): string => `${flat[i]} ${flat[i + 1]}`;
  return one.every((flat, ring) => {
    const twin = other[ring] as Float64Array;
    if (flat.length !== twin.length) return false;
    const corners = new Set<string>();
    for (let i = 0; i < flat.length; i += 2) corners.add(key(flat, i));
    for (let i = 0; i < twin.length; i += 2) if (!corners.has(key(twin, i))) return false;
    return true;
  });
}

/** Edges that cross, or a corner of one strictly inside of the other. Exact: neighbours that only touch share nothing. */
function shareLand(one: readonly Float64Array[], other: readonly Float64Array[]): boolean {
  for (const a of one) for (const b of other) if (edgesCross(a, b)) return true;
  if (hasCornerInside(one, other) || hasCornerInside(other, one)) return true;
  const [inside, outside] = [edgesWithin(one, other), edgesWithin(other, one)];
  if (inside === 'inside' || outside === 'inside') return true;
  // Every stretch of one lies on the line of the other: the same land, drawn with other corners.
  return inside === 'on the line' && outside === 'on the line';
}

/**
 * How the edges of one lie to the other, where none of them cross: cut at the corners of the other that lie on them, each stretch is
 * wholly inside, outside or on the line, and its middle tells which.
 */
function edgesWithin(
  one: readonly Float64Array[],
  other: readonly Float64Array[],
): 'inside' | 'on the line' | 'outside' {
  let isOnLine = true;
  for (const flat of one) {
    for (let i = 0; i + 3 < flat.length; i += 2) {
      const [ax, ay, bx, by] = [flat[i], flat[i + 1], flat[i + 2], flat[i + 3]] as [number, number, number, number];
      const along = (x: number, y: number): number => (x - ax) * (bx - ax) + (y - ay) * (by - ay);
      const stops = [[ax, ay] as const, ...cornersOn(ax, ay, bx, by, other), [bx, by] as const];
      stops.sort((p, q) => along(p[0], p[1]) - along(q[0], q[1]));
      for (let s = 1; s < stops.length; s++) {
        const [x1, y1] = stops[s - 1] as readonly [number, number];
        const [x2, y2] = stops[s] as readonly [number, number];
        const where = isOnAnEdge(x1, y1, x2, y2, other) ? 0 : locate((x1 + x2) / 2, (y1 + y2) / 2, other);
        if (where === 1) return 'inside';
        if (where === -1) isOnLine = false;
      }
    }
  }
  return isOnLine ? 'on the line' : 'outside';
}

/** Corners of rings that lie within an edge. */
function cornersOn(
  ax: number,
  ay: number,
  bx: number,
  by: number,
  rings: readonly Float64Array[],
): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = [];
  for (const flat of rings) {
    for (let i = 0; i + 1 < flat.length; i += 2) {
      const [x, y] = [flat[i] as number, flat[i + 1] as number];
      if (x < Math.min(ax, bx) || x > Math.max(ax, bx) || y < Math.min(ay, by) || y > Math.max(ay, by)) continue;
      if (orientation(ax, ay, bx, by, x, y) === 0) found.push([x, y]);
    }
  }
  return found;
}

/** Whether a stretch runs along an edge: its middle may be off the line by rounding alone. */
function isOnAnEdge(x1: number, y1: number, x2: number, y2: number, rings: readonly Float64Array[]): boolean {
  const holds = (x: number, y: number, a: number, b: number, c: number, d: number): boolean =>
    x >= Math.min(a, c) &&
    x <= Math.max(a, c) &&
    y >= Math.min(b, d) &&
    y <= Math.max(b, d) &&
    orientation(a, b, c, d, x, y) === 0;
  for (const flat of rings) {
    for (let i = 0; i + 3 < flat.length; i += 2) {
      const [a, b, c, d] = [flat[i], flat[i + 1], flat[i + 2], flat[i + 3]] as [number, number, number, number];
      if (holds(x1, y1, a, b, c, d) && holds(x2, y2, a, b, c, d)) return true;
    }
  }
  return false;
}

function edgesCross(a: Float64Array, b: Float64Array): boolean {
  for (let i = 0; i + 3 < a.length; i += 2) {
    const [ax, ay, bx, by] = a.subarray(i, i + 4) as unknown as [number, number, number, number];
    const [minX, maxX, minY, maxY] = [Math.min(ax, bx), Math.max(ax, bx), Math.min(ay, by), Math.max(ay, by)];
    for (let j = 0; j + 3 < b.length; j += 2) {
      const [cx, cy, dx, dy] = [b[j], b[j + 1], b[j + 2], b[j + 3]] as [number, number, number, number];
      if ((cx > maxX && dx > maxX) || (cx < minX && dx < minX) || (cy > maxY && dy > maxY) || (cy < minY && dy < minY))
        continue;
      if (orientation(ax, ay, bx, by, cx, cy) * orientation(ax, ay, bx, by, dx, dy) >= 0) continue;
      if (orientation(cx, cy, dx, dy, ax, ay) * orientation(cx, cy, dx, dy, bx, by) < 0) return true;
    }
  }
  return false;
}

function hasCornerInside(corners: readonly Float64Array[], rings: readonly Float64Array[]): boolean {
  for (const flat of corners) {
    for (let i = 0; i < flat.length; i += 2)
      if (locate(flat[i] as number, flat[i + 1] as number, rings) === 1) return true;
  }
  return false;
}

/** 1 inside, 0 on the line, −1 outside; even-odd. */
function locate(x: number, y: number, rings: readonly Float64Array[]): -1 | 0 | 1 {
  let isInside = false;
  for (const flat of rings) {
    for (let i = 0; i + 3 < flat.length; i += 2) {
      const [x1, y1, x2, y2] = [flat[i], flat[i + 1], flat[i + 2], flat[i + 3]] as [number, number, number, number];
      if (y1 > y && y2 > y) continue;
      if (y1 < y && y2 < y) continue;
      const side = orientation(x1, y1, x2, y2, x, y);
      if (side === 0 && x >= Math.min(x1, x2) && x <= Math.max(x1, x2)) return 0;
      if (y1 > y !== y2 > y && side > 0 === y2 > y1) isInside = !isInside;
    }
  }
  return isInside ? 1 : -1;
}

function clip(a: MultiPolygon, b: MultiPolygon): (Pick<Finding, 'position'> & { areaM2: number }) | undefined {
  const land = overlay(a, b, 'intersection');
  if (land === undefined || land.coordinates.length === 0) return undefined;
  const areaM2 = polygonAreaM2(land);
  if (isSliver(areaM2, polygonPerimeterM(land))) return undefined;
  return { areaM2: roundedM2(areaM2), position: pointOnSurface(land) };
}
