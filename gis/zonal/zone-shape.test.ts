// A zone of another system lies on the grid where its edges lie on the ground: by sampling each edge finely, which is not how it is done.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCrs } from '../crs/parse-crs.ts';
import { projectorFor } from '../crs/projector.ts';
import type { RasterGrid } from '../raster/raster-file.ts';
import type { Polygonal, Position } from '../types.ts';
import { CoverageRasteriser } from './coverage/coverage-rasteriser.ts';
import { createPositionMap, shapeZone } from './zone-shape.ts';

/** Polar stereographic, north (NSIDC) and south (SCAR). */
const NORTH_POLE = '+proj=stere +lat_0=90 +lat_ts=70 +lon_0=-45 +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs';
const SOUTH_POLE = '+proj=stere +lat_0=-90 +lat_ts=-71 +lon_0=0 +k=1 +x_0=0 +y_0=0 +datum=WGS84 +units=m +no_defs';
const ALBERS = '+proj=aea +lat_1=25 +lat_2=47 +lat_0=0 +lon_0=105 +x_0=0 +y_0=0 +ellps=GRS80 +units=m +no_defs';
const ASKED = 0.05;
const SAMPLES = 400;

interface Case {
  readonly name: string;
  readonly zoneCrs: string;
  readonly gridCrs: string;
  /** Of a cell, in units of the grid. */
  readonly cell: number;
  /** Where zones lie, in the zone's own system, and how long their edges are there. */
  readonly around: Position;
  readonly reach: Position;
}
const CASES: readonly Case[] = [
  {
    name: 'degrees on UTM of 10 m',
    zoneCrs: 'EPSG:4326',
    gridCrs: 'EPSG:32647',
    cell: 10,
    around: [99, 36],
    reach: [3, 3],
  },
  {
    name: 'degrees on UTM, high in the north',
    zoneCrs: 'EPSG:4326',
    gridCrs: 'EPSG:32633',
    cell: 30,
    around: [15, 80],
    reach: [9, 3],
  },
  {
    name: 'degrees on coarse cells',
    zoneCrs: 'EPSG:4326',
    gridCrs: ALBERS,
    cell: 25_000,
    around: [105, 35],
    reach: [30, 15],
  },
  {
    name: 'degrees round the north pole',
    zoneCrs: 'EPSG:4326',
    gridCrs: NORTH_POLE,
    cell: 250,
    around: [10, 89.5],
    reach: [170, 0.5],
  },
  {
    name: 'degrees close to the south pole',
    zoneCrs: 'EPSG:4326',
    gridCrs: SOUTH_POLE,
    cell: 30,
    around: [0, -89.99],
    reach: [170, 0.01],
  },
  {
    name: 'UTM on fine degrees',
    zoneCrs: 'EPSG:32647',
    gridCrs: 'EPSG:4326',
    cell: 0.0001,
    around: [500_000, 4_000_000],
    reach: [90_000, 90_000],
  },
  {
    name: 'UTM on degrees of a quarter',
    zoneCrs: 'EPSG:32647',
    gridCrs: 'EPSG:4326',
    cell: 0.25,
    around: [500_000, 7_000_000],
    reach: [500_000, 900_000],
  },
  {
    name: 'UTM on whole degrees, in the north',
    zoneCrs: 'EPSG:32647',
    gridCrs: 'EPSG:4326',
    cell: 1,
    around: [500_000, 8_500_000],
    reach: [300_000, 900_000],
  },
  {
    name: 'Web Mercator on UTM',
    zoneCrs: 'EPSG:3857',
    gridCrs: 'EPSG:32650',
    cell: 10,
    around: [13_024_000, 4_300_000],
    reach: [300_000, 300_000],
  },
  {
    name: 'UTM on Web Mercator',
    zoneCrs: 'EPSG:32650',
    gridCrs: 'EPSG:3857',
    cell: 10,
    around: [500_000, 4_300_000],
    reach: [300_000, 300_000],
  },
  {
    name: 'CGCS2000 with prefix on UTM',
    zoneCrs: 'EPSG:4527',
    gridCrs: 'EPSG:32650',
    cell: 10,
    around: [39_500_000, 3_750_000],
    reach: [200_000, 200_000],
  },
  {
    name: 'degrees on CGCS2000 with prefix',
    zoneCrs: 'EPSG:4490',
    gridCrs: 'EPSG:4527',
    cell: 2,
    around: [117, 34],
    reach: [1.5, 1],
  },
  {
    name: 'UTM over the date line on degrees',
    zoneCrs: 'EPSG:32660',
    gridCrs: 'EPSG:4326',
    cell: 0.001,
    around: [690_000, 7_500_000],
    reach: [90_000, 90_000],
  },
  {
    name: 'degrees beyond 180 on UTM',
    zoneCrs: 'EPSG:4326',
    gridCrs: 'EPSG:32660',
    cell: 10,
    around: [180, 65],
    reach: [2, 1],
  },
];

/** A grid whose corner is near what is measured: numbers of cells small enough to lose nothing. */
function gridAt({ zoneCrs, gridCrs, cell, around }: Case): RasterGrid {
  const [x, y] = createPositionMap(zoneCrs, gridCrs)?.(around) ?? around;
  return {
    width: 1000,
    height: 1000,
    originX: x - 500 * cell,
    originY: y + 500 * cell,
    cellWidth: cell,
    cellHeight: cell,
    crs: gridCrs,
  };
}

function distanceToRing([u, v]: Position, points: Float64Array): number {
  let least = Infinity;
  const count = points.length / 2;
  for (let i = 0; i < count; i += 1) {
    const j = (i + 1) % count;
    const [au, av, bu, bv] = [points[2 * i], points[2 * i + 1], points[2 * j], points[2 * j + 1]] as [
      number,
      number,
      number,
      number,
    ];
    const squared = (bu - au) ** 2 + (bv - av) ** 2;
    const share = squared === 0 ? 0 : Math.max(0, Math.min(1, ((u - au) * (bu - au) + (v - av) * (bv - av)) / squared));
    least = Math.min(least, Math.hypot(u - au - share * (bu - au), v - av - share * (bv - av)));
  }
  return least;
}

const corner = fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true }));
const size = fc.constantFrom(1, 0.3, 0.03, 0.003, 1e-4);

describe('zones of other systems', () => {
  it.each(CASES)('$name: no edge strays by 0.05 cells', scene => {
    const grid = gridAt(scene);
    const { zoneCrs, gridCrs, around, reach } = scene;
    const from = projectorFor(parseCrs(zoneCrs));
    const to = projectorFor(parseCrs(gridCrs));
    const map = createPositionMap(zoneCrs, gridCrs);
    let worst = 0;
    fc.assert(
      fc.property(corner, corner, corner, corner, size, (middle, a, b, c, scale) => {
        const ring = [a, b, c].map(([x, y]): Position => [
          around[0] + reach[0] * (middle[0] * (1 - scale) + x * scale),
          around[1] + reach[1] * (middle[1] * (1 - scale) + y * scale),
        ]);
        const shape = shapeZone({ type: 'Polygon', coordinates: [[...ring, ring[0] as Position]] }, grid, map);
        if (typeof shape === 'string') {
          expect(shape).toBe('empty-geometry');
          return;
        }
        for (let i = 0; i < 3; i += 1) {
          const [p, q] = [ring[i], ring[(i + 1) % 3]] as [Position, Position];
          for (let k = 0; k <= SAMPLES; k += 37) {
            const share = k / SAMPLES;
            const [x, y] = to.forward(from.inverse([p[0] + (q[0] - p[0]) * share, p[1] + (q[1] - p[1]) * share]));
            // Longitudes that differ by a turn are the same place.
            const turns = to.crs.kind === 'geographic' ? [-360, 0, 360] : [0];
            const away = turns.map(turn =>
              distanceToRing(
                [(x + turn - grid.originX) / grid.cellWidth, (grid.originY - y) / grid.cellHeight],
                shape.points,
              ),
            );
            worst = Math.max(worst, Math.min(...away));
          }
        }
      }),
      { numRuns: 60 },
    );
    expect(worst).toBeLessThan(ASKED);
  });
});

describe('round the Earth', () => {
  const boxOf = (west: number, south: number, east: number, north: number): Polygonal => ({
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  });
  const degrees = (originX: number, width: number): RasterGrid => ({
    width,
    height: 180,
    originX,
    originY: 90,
    cellWidth: 1,
    cellHeight: 1,
    crs: 'EPSG:4326',
  });
  const [world, pacific, east] = [degrees(-180, 360), degrees(0, 360), degrees(-180, 30)];

  /** How many cells are covered, by column; and whether the share of the zone that is on the grid is right. */
  function columnsOf(
    geometry: Polygonal,
    grid: RasterGrid,
    crs = 'EPSG:4326',
  ): { readonly cells: number; readonly columns: number[]; readonly ofAll: number } {
    const shape = shapeZone(geometry, grid, createPositionMap(crs, grid.crs));
    if (typeof shape === 'string') throw new Error(shape);
    const rows = new CoverageRasteriser().cover(shape, {
      firstRow: 0,
      endRow: grid.height,
      firstCol: 0,
      endCol: grid.width,
    });
    let cells = 0;
    const columns = new Set<number>();
    for (let i = 0; rows !== undefined && i < (rows.rowStarts[rows.rowCount] as number); i += 1) {
      const [start, end] = [rows.starts[i] as number, rows.ends[i] as number];
      cells += (rows.weights[i] as number) * (end - start);
      for (let col = start; col < end; col += 1) columns.add(col);
    }
    return { cells, columns: [...columns].sort((a, b) => a - b), ofAll: cells / shape.areaCells };
  }

  it('a zone over the date line, in UTM, is on both ends of a raster of the world, once', () => {
    const { forward } = projectorFor('EPSG:32660');
    const corners = [
      [179, 64],
      [181, 64],
      [181, 66],
      [179, 66],
      [179, 64],
    ].map(corner => forward(corner as [number, number]));
    const here = columnsOf({ type: 'Polygon', coordinates: [corners] }, world, 'EPSG:32660');
    expect(here.columns).toEqual([0, 359]);
    expect(here.cells).toBeCloseTo(4, 1);
    expect(here.ofAll).toBeCloseTo(1, 9);
    const eastOnly = columnsOf({ type: 'Polygon', coordinates: [corners] }, east, 'EPSG:32660');
    expect(eastOnly.columns).toEqual([0]);
    expect(eastOnly.ofAll).toBeCloseTo(0.5, 2);
  });

  it('longitudes a turn apart are one place', () => {
    expect(columnsOf(boxOf(-170, 0, -160, 10), pacific)).toMatchObject({ cells: 100, ofAll: 1 });
    expect(columnsOf(boxOf(-170, 0, -160, 10), pacific).columns[0]).toBe(190);
    expect(columnsOf(boxOf(190, 0, 200, 10), world).columns[0]).toBe(10);
    expect(columnsOf(boxOf(-5, 0, 5, 10), pacific).columns).toEqual([0, 1, 2, 3, 4, 355, 356, 357, 358, 359]);
    expect(columnsOf(boxOf(-5, 0, 5, 10), pacific)).toMatchObject({ cells: 100, ofAll: 1 });
    expect(columnsOf(boxOf(-180, -90, 180, 90), world)).toMatchObject({ cells: 64_800, ofAll: 1 });
    expect(columnsOf(boxOf(-180, -90, 180, 90), pacific)).toMatchObject({ cells: 64_800, ofAll: 1 });
  });

  it('edges longer than half a turn go the way that they go', () => {
    const { forward } = projectorFor('EPSG:3857');
    const box = (west: number, to: number): Polygonal => {
      const [[x0, y0], [x1, y1]] = [forward([west, -60]), forward([to, 60])];
      return boxOf(x0, y0, x1, y1);
    };
    expect(columnsOf(box(-100, 120), world, 'EPSG:3857').cells).toBeCloseTo(220 * 120, 3);
    expect(columnsOf(box(-180, 180), world, 'EPSG:3857').cells).toBeCloseTo(360 * 120, 3);
  });

  it('a ring round a pole is none of longitudes, and is refused; beside the pole it is measured', () => {
    const map = createPositionMap(NORTH_POLE, 'EPSG:4326');
    expect(shapeZone(boxOf(-1e6, -1e6, 1e6, 1e6), world, map)).toBe('outside-crs');
    expect(columnsOf(boxOf(1e4, 1e4, 1e6, 1e6), world, NORTH_POLE).cells).toBeGreaterThan(100);
  });
});
