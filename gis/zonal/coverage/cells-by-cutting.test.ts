import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { RasterGrid } from '../../raster/raster-file.ts';
import type { Position } from '../../types.ts';
import { shapeZone } from '../zone-shape.ts';
import { CoverageRasteriser } from './coverage-rasteriser.ts';

const SIZE = 9;
const grid: RasterGrid = {
  width: SIZE,
  height: SIZE,
  originX: 0,
  originY: 0,
  cellWidth: 1,
  cellHeight: 1,
  crs: 'EPSG:4326',
};

/** On corners and sides of cells, a rounding beside them, and anywhere: sides of triangles get every slope there is. */
const coordinate = fc
  .tuple(
    fc.oneof(fc.integer({ min: -2, max: SIZE + 2 }), fc.double({ min: -2, max: SIZE + 2, noNaN: true })),
    fc.constantFrom(0, 0, 1e-15, -1e-15, 1e-12, -1e-9),
  )
  .map(([value, beside]) => value + beside);
const position = fc.tuple(coordinate, coordinate);

type Side = (position: Position) => number;

/** What of a convex polygon lies where `side` is positive (Sutherland and Hodgman 1974). */
const cut = (ring: readonly Position[], side: Side): Position[] =>
  ring.flatMap((b, i): Position[] => {
    const a = ring[(i + ring.length - 1) % ring.length] as Position;
    const [atA, atB] = [side(a), side(b)];
    if (atA > 0 === atB > 0) return atB > 0 ? [b] : [];
    const share = atA / (atA - atB);
    const crossing: Position = [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])];
    return atB > 0 ? [crossing, b] : [crossing];
  });

function areaInCell(ring: readonly Position[], row: number, col: number): number {
  const sides: Side[] = [([u]) => u - col, ([u]) => col + 1 - u, ([, v]) => v - row, ([, v]) => row + 1 - v];
  const part = sides.reduce<readonly Position[]>(cut, ring);
  const twice = part.reduce((sum, [u, v], i) => {
    const [beforeU, beforeV] = part[(i + part.length - 1) % part.length] as Position;
    return sum + (beforeU - col) * (v - row) - (u - col) * (beforeV - row);
  }, 0);
  return Math.abs(twice) / 2;
}

it('every cell of a triangle is covered as cutting the triangle with the cell says, within 1e-9', () => {
  const rasteriser = new CoverageRasteriser();
  fc.assert(
    fc.property(position, position, position, (a, b, c) => {
      const ring: Position[] = [a, b, c];
      const geometry = { type: 'Polygon' as const, coordinates: [[...ring, a].map(([u, v]): Position => [u, -v])] };
      const shape = shapeZone(geometry, grid, undefined);
      if (typeof shape === 'string') return;
      const cells = new Float64Array(SIZE * SIZE);
      const rows = rasteriser.cover(shape, { firstRow: 0, endRow: SIZE, firstCol: 0, endCol: SIZE });
      for (let r = 0; rows !== undefined && r < rows.rowCount; r += 1) {
        for (let span = rows.rowStarts[r] as number; span < (rows.rowStarts[r + 1] as number); span += 1) {
          const at = (rows.firstRow + r) * SIZE;
          cells.fill(
            rows.weights[span] as number,
            at + (rows.starts[span] as number),
            at + (rows.ends[span] as number),
          );
        }
      }
      const expected = cells.map((_, at) => areaInCell(ring, Math.floor(at / SIZE), at % SIZE));
      expect(Math.max(...cells.map((value, at) => Math.abs(value - (expected[at] as number))))).toBeLessThan(1e-9);
    }),
    { numRuns: 2000 },
  );
});
