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
const MAX_SPLITS = 12;

/** Maps positions of a zone's CRS to the CRS of a raster; undefined = they are the same. */
export type PositionMap = ((position: Position) => Position) | undefined;

/** Throws GisError `crs-unsupported` and its like where one of the two is unknown. */
export function createPositionMap(fromCrs: string, toCrs: string): PositionMap {
  const from = projectorFor(parseCrs(fromCrs));
  const to = projectorFor(parseCrs(toCrs));
  if ((from.isIdentity && to.isIdentity) || from.crs.definition === to.crs.definition) return undefined;
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
  if (map === undefined) return finishShape(toGrid(coordinates, grid, roomFor), ends.slice(), isOuter);
  const points: number[] = [];
  const ringEnds = new Uint32Array(ends.length);
  try {
    let start = 0;
    ends.forEach((end, index) => {
      projectRing(coordinates, start, end, grid, map, points);
      ringEnds[index] = points.length / 2;
      start = end;
    });
  } catch (error) {
    if (error instanceof GisError && error.code === 'position-outside-crs') return 'outside-crs';
    throw error;
  }
  const room = roomFor(points.length);
  room.set(points);
  return finishShape(room, ringEnds, isOuter);
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
  map: (position: Position) => Position,
  points: number[],
): void {
  const toCell = (x: number, y: number): Position => {
    const [mappedX, mappedY] = map([x, y]);
    return [(mappedX - grid.originX) / grid.cellWidth, (grid.originY - mappedY) / grid.cellHeight];
  };
  // Cells of a kilometre and more (or of degrees that make so much) are checked edge by edge.
  const isFine = grid.cellWidth < 1000 && grid.cellHeight < 1000;
  const addBetween = (a: Position, b: Position, cellA: Position, cellB: Position, depth: number): void => {
    const length = Math.abs(cellA[0] - cellB[0]) + Math.abs(cellA[1] - cellB[1]);
    if (depth >= MAX_SPLITS || (isFine && length < SHORT_EDGE_CELLS) || length < 1e-6) return;
    const middle: Position = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
    const cell = toCell(middle[0], middle[1]);
    const deviation = Math.hypot(cell[0] - (cellA[0] + cellB[0]) / 2, cell[1] - (cellA[1] + cellB[1]) / 2);
    // The bend of an edge is not always seen at its middle: long edges are split once in any case.
    if (deviation < MAX_DEVIATION_CELLS && (depth > 0 || length < 256)) return;
    addBetween(a, middle, cellA, cell, depth + 1);
    points.push(cell[0], cell[1]);
    addBetween(middle, b, cell, cellB, depth + 1);
  };
  if (end <= start) return;
  const first: Position = [coordinates[start * 2] as number, coordinates[start * 2 + 1] as number];
  const firstCell = toCell(first[0], first[1]);
  let from = first;
  let fromCell = firstCell;
  points.push(firstCell[0], firstCell[1]);
  for (let i = start + 1; i < end; i += 1) {
    const to: Position = [coordinates[i * 2] as number, coordinates[i * 2 + 1] as number];
    const toCellPosition = toCell(to[0], to[1]);
    addBetween(from, to, fromCell, toCellPosition, 0);
    points.push(toCellPosition[0], toCellPosition[1]);
    from = to;
    fromCell = toCellPosition;
  }
  addBetween(from, first, fromCell, firstCell, 0);
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
