import { parseCrs } from '../crs/parse-crs.ts';
import { projectorFor } from '../crs/projector.ts';
import { GisError } from '../errors.ts';
import type { PackedGeometry } from '../geometry/packed.ts';
import { packGeometry } from '../geometry/packed.ts';
import type { RasterGrid } from '../raster/raster-file.ts';
import type { Polygonal, Position } from '../types.ts';

/** One zone: `crs` is that of its coordinates, EPSG:4326 unless said otherwise (`EPSG:n`, WKT or PROJ text). */
export interface Zone {
  readonly id: string | number;
  readonly geometry: Polygonal | PackedGeometry;
  readonly crs?: string | undefined;
}

/**
 * A zone in grid coordinates: u = columns from the west edge, v = rows from the north edge. Rings carry a sign that makes
 * outer rings add and holes take away, whichever way they are wound.
 */
export interface ZoneShape {
  readonly points: Float64Array;
  readonly ringEnds: Uint32Array;
  readonly ringSigns: Int8Array;
  readonly minU: number;
  readonly maxU: number;
  readonly minV: number;
  readonly maxV: number;
  /** Planar area in cells, also of the part that lies off the raster. */
  readonly areaCells: number;
}

/** Why a zone cannot be measured. */
export type ZoneFault = 'empty-geometry' | 'not-finite' | 'outside-crs';

/** Greatest distance, in cells, between a projected edge and the straight one that stands for it (asked for: 0.05; the middle is not always the worst place). */
const MAX_DEVIATION_CELLS = 0.01;
/** Edges this short stay within the deviation in cells below a kilometre: L² tan(lat) / 8R, up to 80 degrees. */
const SHORT_EDGE_CELLS = 16;
/** Close to a pole that holds for edges over less than a degree of longitude only: L Δλ / 8. Numbers above a turn or two are metres. */
const SHORT_EDGE_DEGREES = 1;
const MOST_DEGREES = 720;
const MAX_SPLITS = 12;

/** Maps positions of a zone's CRS to the CRS of a raster; undefined = they are the same. */
export type PositionMap = ((position: Position) => Position) | undefined;

/** Throws GisError `crs-unsupported` and its like where one of the two is unknown. */
export function createPositionMap(fromCrs: string, toCrs: string): PositionMap {
  const [fromSystem, toSystem] = [parseCrs(fromCrs), parseCrs(toCrs)];
  if (fromSystem.definition === toSystem.definition) return undefined;
  const from = projectorFor(fromSystem);
  const to = projectorFor(toSystem);
  if (from.isIdentity && to.isIdentity) return undefined;
  return position => to.forward(from.inverse(position));
}

/** Answers an array for so many numbers; nobody else writes to it. */
export type NumberRoom = (length: number) => Float64Array;

/**
 * Brings a zone onto the grid, edges densified where the projection bends them. Never changes the raster. Nothing of the geometry is kept:
 * its points on the grid lie in what `roomFor` gives.
 */
export function shapeZone(
  geometry: Polygonal | PackedGeometry,
  grid: RasterGrid,
  map: PositionMap,
  roomFor: NumberRoom = length => new Float64Array(length),
): ZoneShape | ZoneFault {
  const packed = 'kind' in geometry ? geometry : packGeometry(geometry);
  if (packed.kind !== 'polygons') return 'empty-geometry';
  const { positions: coordinates, ringEnds: ends } = packed;
  const isOuter = outerRings(packed);
  for (let i = 0; i < coordinates.length; i += 1) if (!Number.isFinite(coordinates[i])) return 'not-finite';
  const turnCells = turnOf(grid);
  if (map === undefined) {
    const shape = finishShape(toGrid(coordinates, grid, roomFor), ends.slice(), isOuter);
    return withTurns(shape, grid, turnCells, roomFor);
  }
  const points: number[] = [];
  const ringEnds = new Uint32Array(ends.length);
  try {
    let start = 0;
    ends.forEach((end, index) => {
      projectRing(coordinates, start, end, grid, turnCells, map, points);
      ringEnds[index] = points.length / 2;
      start = end;
    });
  } catch (error) {
    if (error instanceof GisError && error.code === 'position-outside-crs') return 'outside-crs';
    throw error;
  }
  const room = roomFor(points.length);
  room.set(points);
  return withTurns(finishShape(room, ringEnds, isOuter), grid, turnCells, roomFor);
}

const turns = new WeakMap<RasterGrid, number>();

/** Columns of a turn round the Earth; infinite on projected grids. */
export function turnOf(grid: RasterGrid): number {
  const known = turns.get(grid);
  if (known !== undefined) return known;
  const turnCells = parseCrs(grid.crs).kind === 'geographic' ? 360 / grid.cellWidth : Infinity;
  turns.set(grid, turnCells);
  return turnCells;
}

/** Longitudes a turn apart are one place: a zone that meets the grid a turn to the east or the west is there as well. */
function withTurns(
  shape: ZoneShape | ZoneFault,
  grid: RasterGrid,
  turnCells: number,
  roomFor: NumberRoom,
): ZoneShape | ZoneFault {
  if (typeof shape === 'string' || grid.width > turnCells + 1) return shape;
  const { points, ringEnds, ringSigns, minU, maxU } = shape;
  const places = [0, -turnCells, turnCells].filter(by => maxU + by > 0 && minU + by < grid.width);
  if (places.length === 0 || (places.length === 1 && places[0] === 0)) return shape;
  const room = roomFor(points.length * places.length);
  places.forEach((by, copy) => {
    for (let i = 0; i < points.length; i += 1) {
      room[copy * points.length + i] = (points[i] as number) + (i % 2 === 0 ? by : 0);
    }
  });
  return {
    ...shape,
    points: room,
    ringEnds: Uint32Array.from(places.flatMap((_, copy) => [...ringEnds].map(end => end + (copy * points.length) / 2))),
    ringSigns: Int8Array.from(places.flatMap(() => [...ringSigns])),
    minU: minU + Math.min(...places),
    maxU: maxU + Math.max(...places),
  };
}

/** 1 for the first ring of each part, 0 for its holes. */
function outerRings({ ringEnds, partEnds }: PackedGeometry): Uint8Array {
  const isOuter = new Uint8Array(ringEnds.length);
  let first = 0;
  for (const end of partEnds) {
    if (first < isOuter.length) isOuter[first] = 1;
    first = end;
  }
  return isOuter;
}

function toGrid(coordinates: Float64Array, grid: RasterGrid, roomFor: NumberRoom): Float64Array {
  const points = roomFor(coordinates.length);
  for (let i = 0; i < coordinates.length; i += 2) {
    points[i] = ((coordinates[i] as number) - grid.originX) / grid.cellWidth;
    points[i + 1] = (grid.originY - (coordinates[i + 1] as number)) / grid.cellHeight;
  }
  return points;
}

function projectRing(
  coordinates: Float64Array,
  start: number,
  end: number,
  grid: RasterGrid,
  turnCells: number,
  map: (position: Position) => Position,
  points: number[],
): void {
  const middleOf = (a: Position, b: Position): Position => [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const toCell = (position: Position): Position => {
    const [x, y] = map(position);
    return [(x - grid.originX) / grid.cellWidth, (grid.originY - y) / grid.cellHeight];
  };
  /** The turn of `u` that lies nearest. */
  const nearest = (u: number, near: number): number =>
    turnCells === Infinity ? u : u + Math.round((near - u) / turnCells) * turnCells;
  /**
   * Where an edge leads: over the date line it goes on, and does not come back round the Earth. Cells as the map has them, and with the turns
   * that the ring has made so far; ends that lie half a turn apart and more are told by what lies between them.
   */
  const follow = (a: Position, b: Position, from: Corner, depth = 0): Corner => {
    const cell = toCell(b);
    const [u, v] = cell;
    if (turnCells === Infinity) return { mapped: u, cell };
    if (Math.abs(u - from.mapped) < 0.499 * turnCells) return { mapped: u, cell: [u + from.cell[0] - from.mapped, v] };
    if (depth >= MAX_SPLITS) return { mapped: u, cell: [nearest(u, from.cell[0]), v] };
    const middle = middleOf(a, b);
    return follow(middle, b, follow(a, middle, from, depth + 1), depth + 1);
  };
  // Cells of a kilometre and more (or of degrees that make so much) are checked edge by edge.
  const isFine = Math.max(grid.cellWidth, grid.cellHeight) < (turnCells === Infinity ? 1000 : 0.009);
  const addBetween = (a: Position, b: Position, cellA: Position, cellB: Position, depth: number): void => {
    const length = Math.abs(cellA[0] - cellB[0]) + Math.abs(cellA[1] - cellB[1]);
    const isStraight =
      isFine &&
      length < SHORT_EDGE_CELLS &&
      (Math.abs(a[0]) > MOST_DEGREES || Math.abs(a[0] - b[0]) < SHORT_EDGE_DEGREES);
    if (depth >= MAX_SPLITS || isStraight || length < 1e-6) return;
    const middle = middleOf(a, b);
    const [u, v] = toCell(middle);
    const cell: Position = [nearest(u, (cellA[0] + cellB[0]) / 2), v];
    const deviation = Math.hypot(cell[0] - (cellA[0] + cellB[0]) / 2, cell[1] - (cellA[1] + cellB[1]) / 2);
    // The bend of an edge is not always seen at its middle: long edges are split once in any case.
    if (deviation < MAX_DEVIATION_CELLS && (depth > 0 || length < 256)) return;
    addBetween(a, middle, cellA, cell, depth + 1);
    points.push(cell[0], cell[1]);
    addBetween(middle, b, cell, cellB, depth + 1);
  };
  if (end <= start) return;
  const first: Position = [coordinates[start * 2] as number, coordinates[start * 2 + 1] as number];
  const firstCell = toCell(first);
  const begun: Corner = { mapped: firstCell[0], cell: firstCell };
  let from = first;
  let fromCorner = begun;
  points.push(firstCell[0], firstCell[1]);
  for (let i = start + 1; i < end; i += 1) {
    const to: Position = [coordinates[i * 2] as number, coordinates[i * 2 + 1] as number];
    const toCorner = follow(from, to, fromCorner);
    addBetween(from, to, fromCorner.cell, toCorner.cell, 0);
    points.push(toCorner.cell[0], toCorner.cell[1]);
    from = to;
    fromCorner = toCorner;
  }
  // Round a pole it comes back a turn away from where it began: no ring of longitudes and latitudes.
  if (Math.abs(follow(from, first, fromCorner).cell[0] - firstCell[0]) > 1e-6 * turnCells) {
    throw new GisError('position-outside-crs', { position: first, crs: grid.crs });
  }
  addBetween(from, first, fromCorner.cell, firstCell, 0);
}

/** A corner of a ring on the way round it. */
interface Corner {
  /** Its column as the map has it. */
  readonly mapped: number;
  /** The same with the turns round the Earth that the ring has made. */
  readonly cell: Position;
}

function finishShape(points: Float64Array, ringEnds: Uint32Array, isOuter: Uint8Array): ZoneShape | ZoneFault {
  let minU = Infinity;
  let maxU = -Infinity;
  let minV = Infinity;
  let maxV = -Infinity;
  for (let i = 0; i < points.length; i += 2) {
    const u = points[i] as number;
    const v = points[i + 1] as number;
    if (u < minU) minU = u;
    if (u > maxU) maxU = u;
    if (v < minV) minV = v;
    if (v > maxV) maxV = v;
  }
  const ringSigns = new Int8Array(ringEnds.length);
  let areaCells = 0;
  let start = 0;
  ringEnds.forEach((end, index) => {
    const signed = signedArea(points, start, end);
    const wanted = isOuter[index] === 1 ? 1 : -1;
    ringSigns[index] = signed < 0 ? -wanted : wanted;
    areaCells += wanted * Math.abs(signed);
    start = end;
  });
  if (!(areaCells > 0)) return 'empty-geometry';
  return { points, ringEnds, ringSigns, minU, maxU, minV, maxV, areaCells };
}

/** Positive where going along the ring keeps the inside on the side that `coverRows` counts as covered. */
function signedArea(points: Float64Array, start: number, end: number): number {
  if (end - start < 3) return 0;
  const u0 = points[start * 2] as number;
  const v0 = points[start * 2 + 1] as number;
  let twice = 0;
  let du = 0;
  let dv = 0;
  for (let i = start + 1; i < end; i += 1) {
    const nextU = (points[i * 2] as number) - u0;
    const nextV = (points[i * 2 + 1] as number) - v0;
    twice += nextU * dv - du * nextV;
    du = nextU;
    dv = nextV;
  }
  return twice / 2;
}
