import { partsOf } from '../../parts-of.ts';
import type { Box, Issue, Position } from '../../types.ts';
import type { LoosePolygonal } from '../normalise.ts';

/** Beyond this no degree can be: coordinates of this size are metres. */
const LARGEST_DEGREE = 400;

export interface StructureLimits {
  readonly maxVertices: number;
  readonly maxIssues: number;
  readonly hintBox?: Box | undefined;
}

/** Faults that make it pointless to look at how the rings lie: bad numbers, the wrong units, too few points. */
export function structureIssues(geometry: LoosePolygonal, limits: StructureLimits): Issue[] {
  const parts = partsOf(geometry);
  const vertexCount = parts.reduce((sum, rings) => sum + rings.reduce((points, ring) => points + ring.length, 0), 0);
  if (vertexCount === 0) return [{ code: 'geometry-empty', severity: 'error' }];
  if (vertexCount > limits.maxVertices) {
    const params = { count: vertexCount, limit: limits.maxVertices };
    return [{ code: 'too-many-vertices', severity: 'error', params }];
  }
  const issues: Issue[] = [];
  const add = (issue: Issue): void => void (issues.length < limits.maxIssues && issues.push(issue));
  const extent: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  parts.forEach((rings, part) => {
    if (rings.length === 0) add({ code: 'part-empty', severity: 'error', path: { part } });
    rings.forEach((ring, index) => {
      for (const issue of ringIssues(ring, part, index, extent)) add(issue);
    });
  });
  if (issues.some(({ code }) => code === 'position-not-finite')) return issues;
  const world = worldIssue(extent, limits.hintBox);
  if (world === undefined) return issues;
  // One sentence about the units says more than one a vertex.
  return world.severity === 'error' ? [world] : [...issues, world];
}

function ringIssues(
  ring: readonly (readonly number[])[],
  part: number,
  index: number,
  extent: [number, number, number, number],
): Issue[] {
  const issues: Issue[] = [];
  const path = { part, ring: index };
  /** Up to three, no two of them alike: more are not asked for. */
  const distinct: (readonly number[])[] = [];
  let repeats = 0;
  let firstRepeat: { position: Position; vertex: number } | undefined;
  for (let vertex = 0; vertex < ring.length; vertex++) {
    const [lng = Number.NaN, lat = Number.NaN] = ring[vertex] as readonly number[];
    if (!Number.isFinite(lng) || !Number.isFinite(lat)) {
      return [{ code: 'position-not-finite', severity: 'error', path: { ...path, vertex } }];
    }
    extent[0] = Math.min(extent[0], lng);
    extent[1] = Math.min(extent[1], lat);
    extent[2] = Math.max(extent[2], lng);
    extent[3] = Math.max(extent[3], lat);
    const previous = ring[vertex - 1];
    if (previous !== undefined && previous[0] === lng && previous[1] === lat) {
      repeats++;
      firstRepeat ??= { position: [lng, lat], vertex };
    }
    if (distinct.length < 3 && !distinct.some(one => one[0] === lng && one[1] === lat)) distinct.push([lng, lat]);
    if (previous !== undefined && Math.abs(lng - (previous[0] as number)) > 180) {
      const position: Position = [lng, lat];
      issues.push({ code: 'crosses-date-line', severity: 'error', position, path: { ...path, vertex } });
    }
  }
  if (distinct.length < 3) {
    const [lng = 0, lat = 0] = ring[0] ?? [];
    const params = { count: distinct.length };
    issues.push({ code: 'ring-too-short', severity: 'error', position: [lng, lat], path, params });
    return issues;
  }
  const first = ring[0] as readonly number[];
  const last = ring.at(-1) as readonly number[];
  if (first[0] !== last[0] || first[1] !== last[1]) {
    const position: Position = [last[0] as number, last[1] as number];
    issues.push({ code: 'ring-not-closed', severity: 'error', position, path: { ...path, vertex: ring.length - 1 } });
  }
  if (firstRepeat !== undefined) {
    const { position, vertex } = firstRepeat;
    issues.push({
      code: 'repeated-points',
      severity: 'warning',
      position,
      path: { ...path, vertex },
      params: { count: repeats },
    });
  }
  return issues;
}

/** One statement about where in the world, or out of it, the numbers lie. */
function worldIssue([west, south, east, north]: readonly number[], hintBox: Box | undefined): Issue | undefined {
  if (west === undefined || south === undefined || east === undefined || north === undefined) return undefined;
  const largest = Math.max(-west, -south, east, north);
  // Of the numbers that cannot be, those furthest out: the others would be told without a reason.
  const position: Position = [furthestOut(west, east, 180), furthestOut(south, north, 90)];
  if (largest > LARGEST_DEGREE) {
    const [x, y] = position;
    return { code: 'coordinates-in-metres', severity: 'error', position, params: { x, y } };
  }
  const inWorld = (w: number, s: number, e: number, n: number): boolean => w >= -180 && e <= 180 && s >= -90 && n <= 90;
  const params = { lng: position[0], lat: position[1] };
  if (!inWorld(west, south, east, north)) {
    if (inWorld(south, west, north, east)) {
      return { code: 'coordinates-swapped', severity: 'error', position: [south, west], params };
    }
    const crosses = south >= -90 && north <= 90 && east - west < 360 && west >= -360 && east <= 360;
    return crosses
      ? { code: 'crosses-date-line', severity: 'error', position: [Math.max(-180, Math.min(180, east)), south] }
      : { code: 'position-out-of-world', severity: 'error', position, params };
  }
  if (hintBox === undefined) return undefined;
  const meets = (w: number, s: number, e: number, n: number): boolean =>
    w <= hintBox[2] && e >= hintBox[0] && s <= hintBox[3] && n >= hintBox[1];
  if (meets(west, south, east, north)) return undefined;
  return meets(south, west, north, east)
    ? { code: 'coordinates-swapped', severity: 'error', position: [south, west], params }
    : { code: 'far-from-expected', severity: 'warning', position, params };
}

function furthestOut(low: number, high: number, limit: number): number {
  if (low >= -limit && high <= limit) return low;
  return -low > high ? low : high;
}
