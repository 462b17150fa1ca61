import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RasterGrid } from '../../raster/raster-file.ts';
import type { Polygonal, Position, Ring } from '../../types.ts';
import type { CellWindow } from './coverage-rows.ts';
import { CoverageRasteriser } from './coverage-rasteriser.ts';
import { shapeZone } from '../zone-shape.ts';
import type { ZoneShape } from '../zone-shape.ts';

const WIDTH = 40;
const HEIGHT = 30;
/** Cell (row, col) covers x in [col, col + 1] and y in [-row - 1, -row], so that a picture and its numbers agree. */
const grid: RasterGrid = {
  width: WIDTH,
  height: HEIGHT,
  originX: 0,
  originY: 0,
  cellWidth: 1,
  cellHeight: 1,
  crs: 'EPSG:4326',
};
const rasteriser = new CoverageRasteriser();

function shapeOf(geometry: Polygonal): ZoneShape {
  const shape = shapeZone(geometry, grid, undefined);
  if (typeof shape === 'string') throw new Error(shape);
  return shape;
}

function coverageOf(geometry: Polygonal): Float64Array {
  const cells = new Float64Array(WIDTH * HEIGHT);
  const rows = rasteriser.cover(shapeOf(geometry), { firstRow: 0, endRow: HEIGHT, firstCol: 0, endCol: WIDTH });
  if (rows === undefined) return cells;
  for (let r = 0; r < rows.rowCount; r += 1) {
    let previousEnd = -1;
    for (let s = rows.rowStarts[r] as number; s < (rows.rowStarts[r + 1] as number); s += 1) {
      const [start, end] = [rows.starts[s] as number, rows.ends[s] as number];
      expect(start).toBeGreaterThanOrEqual(previousEnd);
      previousEnd = end;
      for (let col = start; col < end; col += 1) {
        const at = (rows.firstRow + r) * WIDTH + col;
        cells[at] = (cells[at] as number) + (rows.weights[s] as number);
      }
    }
  }
  return cells;
}

interface Span {
  readonly row: number;
  readonly start: number;
  readonly end: number;
  readonly weight: number;
}

/** The spans of all parts of a window. */
function spansOf(shape: ZoneShape, window: CellWindow): Span[] {
  const spans: Span[] = [];
  for (let rows = rasteriser.cover(shape, window); rows !== undefined; rows = rasteriser.more()) {
    for (let r = 0; r < rows.rowCount; r += 1) {
      for (let s = rows.rowStarts[r] as number; s < (rows.rowStarts[r + 1] as number); s += 1) {
        const [start, end, weight] = [rows.starts[s], rows.ends[s], rows.weights[s]] as [number, number, number];
        spans.push({ row: rows.firstRow + r, start, end, weight });
      }
    }
  }
  return spans;
}

const sum = (cells: Float64Array): number => cells.reduce((total, value) => total + value, 0);
const box = (x0: number, y0: number, x1: number, y1: number): Ring => [
  [x0, y0],
  [x1, y0],
  [x1, y1],
  [x0, y1],
  [x0, y0],
];
const polygon = (...rings: Ring[]): Polygonal => ({ type: 'Polygon', coordinates: rings });
const at = (cells: Float64Array, row: number, col: number): number => cells[row * WIDTH + col] as number;

describe('cells that can be checked by eye', () => {
  it('a rectangle: corners quarter, sides half, inside whole', () => {
    const cells = coverageOf(polygon(box(1.5, -1.5, 4.5, -4.5)));
    expect(Array.from(cells.subarray(WIDTH, WIDTH + 6))).toEqual([0, 0.25, 0.5, 0.5, 0.25, 0]);
    expect(Array.from(cells.subarray(2 * WIDTH, 2 * WIDTH + 6))).toEqual([0, 0.5, 1, 1, 0.5, 0]);
    expect(sum(cells)).toBe(9);
  });

  it('sides exactly on cell borders cover no neighbour', () => {
    const cells = coverageOf(polygon(box(2, -2, 5, -4)));
    expect(cells.filter(value => value !== 0)).toEqual(new Float64Array(6).fill(1));
  });

  it('a triangle halves the cells its diagonal crosses from corner to corner', () => {
    const cells = coverageOf(
      polygon([
        [0, 0],
        [3, -3],
        [0, -3],
        [0, 0],
      ]),
    );
    expect([at(cells, 0, 0), at(cells, 1, 0), at(cells, 1, 1), at(cells, 2, 1)]).toEqual([0.5, 1, 0.5, 1]);
    expect(sum(cells)).toBeCloseTo(4.5, 12);
  });

  it('a hole takes away, whichever way it is wound, also inside one cell', () => {
    const hole = box(2.25, -2.25, 2.75, -2.75);
    for (const ring of [hole, [...hole].reverse()]) {
      const cells = coverageOf(polygon(box(1, -1, 4, -4), ring));
      expect(at(cells, 2, 2)).toBeCloseTo(0.75, 14);
      expect(sum(cells)).toBeCloseTo(8.75, 13);
    }
  });

  it('an unclosed ring is closed; parts that touch share nothing', () => {
    expect(sum(coverageOf(polygon(box(1, -1, 4, -4).slice(0, 4))))).toBe(9);
    const parts: Polygonal = { type: 'MultiPolygon', coordinates: [[box(1, -1, 2.5, -3)], [box(2.5, -1, 4, -3)]] };
    expect(coverageOf(parts)).toEqual(coverageOf(polygon(box(1, -1, 4, -3))));
  });

  it('off the raster on every side, around it, and far away', () => {
    expect(sum(coverageOf(polygon(box(-5, 5, 2.5, -2.5))))).toBe(6.25);
    expect(sum(coverageOf(polygon(box(WIDTH - 0.5, -HEIGHT + 0.5, WIDTH + 9, -HEIGHT - 9))))).toBe(0.25);
    expect(sum(coverageOf(polygon(box(-5, 5, WIDTH + 5, -HEIGHT - 5))))).toBe(WIDTH * HEIGHT);
    expect(
      sum(
        coverageOf(
          polygon([
            [-30, -15],
            [20, 40],
            [80, -15],
            [20, -80],
            [-30, -15],
          ]),
        ),
      ),
    ).toBeGreaterThan(1000);
    expect(sum(coverageOf(polygon(box(-9, -2, -3, -5))))).toBe(0);
    expect(sum(coverageOf(polygon(box(100, -2, 120, -5))))).toBe(0);
  });

  it('a bow tie covers both of its wings, though their areas have opposite signs', () => {
    const ring: Ring = [
      [0, 0],
      [6, -6],
      [6, -2],
      [0, -8],
      [0, 0],
    ];
    // The sides cross at (4, -4): wings of 16 and 4.
    expect(sum(coverageOf(polygon(ring)))).toBeCloseTo(20, 9);
  });
});

/** Half the coordinates fall on cell corners and edges, where naive clipping goes wrong. */
const coordinate = (max: number): fc.Arbitrary<number> =>
  fc.oneof(
    fc.integer({ min: -3, max: max + 3 }),
    fc.double({ min: -3, max: max + 3, noNaN: true, noDefaultInfinity: true }),
  );

/** A polygon that cannot cross itself: distances from a centre by sorted angles. */
const starPolygon = fc
  .record({
    centre: fc.tuple(coordinate(WIDTH), coordinate(HEIGHT)),
    radii: fc.array(fc.double({ min: 0.01, max: 12, noNaN: true }), { minLength: 3, maxLength: 40 }),
    scale: fc.constantFrom(0.02, 0.3, 1, 3),
    stretch: fc.constantFrom(1, 1, 1e-4),
    hole: fc.boolean(),
  })
  .map(({ centre, radii, scale, stretch, hole }) => {
    const ring = (factor: number): Position[] => {
      const positions = radii.map((radius, index): Position => {
        const angle = (2 * Math.PI * index) / radii.length;
        const x = centre[0] + radius * scale * factor * Math.cos(angle);
        const y = -centre[1] + radius * scale * factor * stretch * Math.sin(angle);
        return [x, y];
      });
      return [...positions, positions[0] as Position];
    };
    return polygon(ring(1), ...(hole ? [ring(0.5)] : []));
  });

const starWithHole = starPolygon.filter(({ coordinates }) => coordinates.length === 2);

/** Corners on the corners and edges of cells: the convex hull of points of a half-cell lattice. */
const latticePolygon = fc
  .array(fc.tuple(fc.integer({ min: -6, max: 2 * WIDTH + 6 }), fc.integer({ min: -6, max: 2 * HEIGHT + 6 })), {
    minLength: 3,
    maxLength: 14,
  })
  .map(nodes => {
    const points = nodes.map(([x, y]): Position => [x / 2, -y / 2]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    const turn = (a: Position, b: Position, c: Position): number =>
      (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    const half = (list: readonly Position[]): Position[] =>
      list.reduce<Position[]>((hull, point) => {
        while (hull.length > 1 && turn(hull.at(-2) as Position, hull.at(-1) as Position, point) <= 0) hull.pop();
        return [...hull, point];
      }, []);
    const ring = [...half(points).slice(0, -1), ...half([...points].reverse())];
    return polygon(ring);
  });

/** Area of the part on the raster, by clipping each ring against the four sides: another method altogether. */
function clippedArea(geometry: Polygonal): number {
  const rings = (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates).flatMap(rings =>
    rings.map((ring, index) => ({ ring, sign: index === 0 ? 1 : -1 })),
  );
  const clip = (ring: Position[], inside: (p: Position) => number): Position[] =>
    ring.flatMap((b, i) => {
      const a = ring[(i + ring.length - 1) % ring.length] as Position;
      const [da, db] = [inside(a), inside(b)];
      const cross: Position = [a[0] + ((b[0] - a[0]) * da) / (da - db), a[1] + ((b[1] - a[1]) * da) / (da - db)];
      if (db >= 0) return da >= 0 ? [b] : [cross, b];
      return da >= 0 ? [cross] : [];
    });
  return rings.reduce((total, { ring, sign }) => {
    let clipped = ring.slice(0, -1);
    for (const side of [
      (p: Position) => p[0],
      (p: Position) => WIDTH - p[0],
      (p: Position) => -p[1],
      (p: Position) => HEIGHT + p[1],
    ]) {
      clipped = clip(clipped, side);
    }
    const twice = clipped.reduce((area, b, i) => {
      const a = clipped[(i + clipped.length - 1) % clipped.length] as Position;
      const origin = clipped[0] as Position;
      return area + (a[0] - origin[0]) * (b[1] - origin[1]) - (b[0] - origin[0]) * (a[1] - origin[1]);
    }, 0);
    return total + (sign * Math.abs(twice)) / 2;
  }, 0);
}

describe('conservation', () => {
  it('the fractions of a polygon sum to its area on the raster within 1e-9', () => {
    fc.assert(
      fc.property(fc.oneof(starPolygon, latticePolygon), geometry => {
        const shape = shapeZone(geometry, grid, undefined);
        if (typeof shape === 'string') return;
        const area = clippedArea(geometry);
        // Less than 1e-12 of a cell is dropped: that much may be missing where an outline leaves a cell again at once.
        const perimeterCells = 1e-12 * shape.points.length;
        expect(Math.abs(sum(coverageOf(geometry)) - area)).toBeLessThanOrEqual(1e-9 * area + perimeterCells);
      }),
      { numRuns: 1500 },
    );
  });

  it('zones that tile the ground cover every cell once within 1e-9', () => {
    const cuts = (max: number): fc.Arbitrary<number[]> =>
      fc
        .array(coordinate(max), { minLength: 1, maxLength: 6 })
        .map(values => [...new Set(values)].sort((a, b) => a - b));
    fc.assert(
      fc.property(
        cuts(WIDTH),
        cuts(HEIGHT),
        fc.infiniteStream(fc.double({ min: -0.45, max: 0.45, noNaN: true })),
        (xs, ys, shifts) => {
          // A net of quadrilaterals whose inner nodes are moved: neighbours share edges of any slope.
          const columns = [-10, ...xs.filter(x => x > -3), WIDTH + 10];
          const rows = [-10, ...ys.filter(y => y > -3), HEIGHT + 10];
          const stream = shifts[Symbol.iterator]();
          const node = columns.map((x, i) =>
            rows.map((y, j): Position => {
              const isInner = i > 0 && j > 0 && i < columns.length - 1 && j < rows.length - 1;
              const shift = isInner ? (stream.next().value as number) : 0;
              const room = Math.min(x - (columns[i - 1] ?? x - 1), (columns[i + 1] ?? x + 1) - x);
              const roomY = Math.min(y - (rows[j - 1] ?? y - 1), (rows[j + 1] ?? y + 1) - y);
              return [x + shift * room * 0.5, -(y + shift * roomY * 0.5)];
            }),
          );
          const total = new Float64Array(WIDTH * HEIGHT);
          for (let i = 0; i + 1 < columns.length; i += 1) {
            for (let j = 0; j + 1 < rows.length; j += 1) {
              const [a, b, c, d] = [
                node[i]?.[j],
                node[i + 1]?.[j],
                node[i + 1]?.[j + 1],
                node[i]?.[j + 1],
              ] as Position[];
              const ring = [a, b, c, d, a] as Position[];
              if (typeof shapeZone(polygon(ring), grid, undefined) === 'string') continue;
              coverageOf(polygon(ring)).forEach((value, cell) => (total[cell] = (total[cell] as number) + value));
            }
          }
          expect(Math.max(...total.map(value => Math.abs(value - 1)))).toBeLessThan(1e-9);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('a zone with a hole, what fills the hole, and all that is round the zone cover every cell once within 1e-9', () => {
    // Slivers, stars smaller than a cell and reaching over the raster among them; and the hull of lattice points, on corners and sides of cells.
    fc.assert(
      fc.property(fc.oneof(starWithHole, latticePolygon), fc.constantFrom(0.999999, 0.5, 0.01), (geometry, share) => {
        const [outline, inner] = geometry.coordinates as Ring[];
        if (outline === undefined || outline.length < 4) return;
        const [x, y] = outline[0] as Position;
        // A star's own hole; a hull drawn together to its first corner, where the rings touch.
        const hole = inner ?? outline.map(([u, v]): Position => [x + share * (u - x), y + share * (v - y)]);
        const all = box(-60, 60, WIDTH + 60, -HEIGHT - 60);
        const zones = [polygon(outline, hole), polygon(hole), polygon(all, outline)];
        if (zones.some(zone => typeof shapeZone(zone, grid, undefined) === 'string')) return;
        const total = new Float64Array(WIDTH * HEIGHT);
        for (const zone of zones) {
          coverageOf(zone).forEach((value, cell) => (total[cell] = (total[cell] as number) + value));
        }
        expect(Math.max(...total.map(value => Math.abs(value - 1)))).toBeLessThan(1e-9);
      }),
      { numRuns: 500 },
    );
  });

  it('a run of a row wider than the work area is the same whatever rows are asked for together', () => {
    const wide: RasterGrid = { ...grid, width: 2 ** 18, height: 64 };
    const shape = shapeZone(polygon(box(0.5, -0.25, 2 ** 18 - 0.5, -63.5)), wide, undefined) as ZoneShape;
    const all = { firstRow: 0, endRow: 64, firstCol: 0, endCol: wide.width };
    const spans = spansOf(shape, all);
    expect(spans).toHaveLength(64 * 3);
    expect(spans.slice(0, 3).map(({ weight }) => weight)).toEqual([0.375, 0.75, 0.375]);
    expect(spansOf(shape, { ...all, firstRow: 10, endRow: 12 })).toEqual(spans.slice(30, 36));
    expect(spans.slice(30, 33)).toEqual([
      { row: 10, start: 0, end: 1, weight: 0.5 },
      { row: 10, start: 1, end: 2 ** 18 - 1, weight: 1 },
      { row: 10, start: 2 ** 18 - 1, end: 2 ** 18, weight: 0.5 },
    ]);
  });

  it('a row wider than the work area is covered in parts', () => {
    const wide: RasterGrid = { ...grid, width: 2 ** 19, height: 4 };
    const shape = shapeZone(polygon(box(0.5, -0.5, 2 ** 19 - 0.5, -3)), wide, undefined) as ZoneShape;
    const spans = spansOf(shape, { firstRow: 0, endRow: 4, firstCol: 0, endCol: wide.width });
    const cells = spans.reduce((total, { start, end, weight }) => total + (end - start) * weight, 0);
    expect(cells).toBe(2.5 * (2 ** 19 - 1));
    expect([...new Set(spans.map(({ row }) => row))]).toEqual([0, 1, 2]);
  });

  it('an outline of more corners than are handed over at once covers what it encloses, window by window', () => {
    const corners = 30_000;
    const ring = Array.from({ length: corners + 1 }, (_, i): Position => {
      const angle = (2 * Math.PI * (i % corners)) / corners;
      const radius = 9 + 3 * Math.sin(40 * angle);
      return [20.3 + radius * Math.cos(angle), -15.2 + radius * Math.sin(angle)];
    });
    const hole = ring.map(([x, y]): Position => [20.3 + (x - 20.3) / 2, -15.2 + (y + 15.2) / 2]);
    const shape = shapeOf(polygon(ring, hole));
    const areas = [
      [0, 7, 0, WIDTH],
      [7, 8, 0, WIDTH],
      [8, HEIGHT, 0, 13],
      [8, HEIGHT, 13, WIDTH],
    ] as const;
    const parts = areas.map(([firstRow, endRow, firstCol, endCol]) => {
      const spans = spansOf(shape, { firstRow, endRow, firstCol, endCol });
      return spans.reduce((total, { start, end, weight }) => total + (end - start) * weight, 0);
    });
    expect(parts.every(part => part > 0)).toBe(true);
    expect(Math.abs(parts.reduce((total, part) => total + part, 0) / shape.areaCells - 1)).toBeLessThan(1e-9);
    expect(sum(coverageOf(polygon(ring, hole))) / shape.areaCells).toBeCloseTo(1, 9);
  });
});
