// Whatever is in the cells, and wherever the zones lie: what is written are numbers, or nothing.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import type { RasterGrid, SampleType } from '../../../gis/raster/raster-file.ts';
import { createSamples } from '../../../gis/raster/raster-file.ts';
import { writeGeoTiff } from '../../../gis/raster/write-geotiff.ts';
import { nodeDeflate } from '../../platform/raster/node-codecs.ts';
import { runZonalCommand } from '../zonal.command.ts';

const folder = mkdtempSync(join(tmpdir(), 'regreen-never-nan-'));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [WIDTH, HEIGHT] = [9, 7];
const GRIDS: readonly RasterGrid[] = [
  {
    width: WIDTH,
    height: HEIGHT,
    originX: 500_000,
    originY: 4_000_000,
    cellWidth: 10,
    cellHeight: 10,
    crs: 'EPSG:32647',
  },
  // Up to the pole and over the date line, where cells have next to no area.
  { width: WIDTH, height: HEIGHT, originX: 176, originY: 90, cellWidth: 1, cellHeight: 1, crs: 'EPSG:4326' },
];
const STATS =
  'mean,stdev,min,max,median,p0,p10,p90,p100,count,valid_fraction,sum,n_eff,majority,mode,variety,area,area_ge:0.4,area_lt:0,area_class:1';

const odd = fc.constantFrom(
  NaN,
  Infinity,
  -Infinity,
  0,
  -0,
  1,
  -1,
  255,
  1e-320,
  3.4e38,
  1.7e308,
  -1.7e308,
  65_535,
  -9999,
);
const cells = fc.array(fc.oneof(odd, fc.double({ min: -2, max: 2, noNaN: true })), {
  minLength: 2 * WIDTH * HEIGHT,
  maxLength: 2 * WIDTH * HEIGHT,
});
const factor = fc.constantFrom(undefined, 1, 0, -1, 1e-4, 1e300, -1e300, 5e-324);
const types = fc.constantFrom<Exclude<SampleType, 'float16'>[]>(
  'float32',
  'float64',
  'uint16',
  'int16',
  'uint8',
  'int32',
);
const noData = fc.constantFrom(undefined, NaN, 0, 1, -9999, -1.7e308);

const { originX: X, originY: Y } = GRIDS[0] as RasterGrid;
const ringOf = (grid: RasterGrid, corners: readonly (readonly [number, number])[]): number[][] =>
  [...corners, corners[0] as readonly [number, number]].map(([col, row]) => [
    grid.originX + col * grid.cellWidth,
    grid.originY - row * grid.cellHeight,
  ]);
/** Inside, off, over the edge, within a cell, without an area, empty, none, beyond the world. */
const zonesOf = (grid: RasterGrid) =>
  [
    [
      ringOf(grid, [
        [1.3, 1.2],
        [6.1, 1.4],
        [5.2, 5.8],
      ]),
    ],
    [
      ringOf(grid, [
        [50, 50],
        [60, 50],
        [55, 60],
      ]),
    ],
    [
      ringOf(grid, [
        [-5, -5],
        [40, -5],
        [40, 40],
        [-5, 40],
      ]),
    ],
    [
      ringOf(grid, [
        [2.2, 2.2],
        [2.3, 2.2],
        [2.3, 2.3],
      ]),
    ],
    [
      ringOf(grid, [
        [2.2, 2.2],
        [2.3, 2.3],
      ]),
    ],
    [],
    null,
    [
      [
        [X, Y],
        [1e300, Y],
        [X, Y + 1],
        [X, Y],
      ],
    ],
  ].map((coordinates, id) => ({
    type: 'Feature',
    properties: { id },
    geometry: coordinates === null ? null : { type: 'Polygon', coordinates },
  }));

async function run(grid: RasterGrid, ...argv: string[]): Promise<number> {
  const crs = { type: 'name', properties: { name: grid.crs } };
  writeFileSync(at('zones.geojson'), JSON.stringify({ type: 'FeatureCollection', crs, features: zonesOf(grid) }));
  const io = { stdout: { write: () => true }, stderr: { write: (text: string) => process.stderr.write(text) } };
  return runZonalCommand(['--zones', at('zones.geojson'), '--raster', at('odd.tif'), '--stats', STATS, ...argv], io);
}

it(
  'rasters of odd cells, odd scales and odd zones: every cell that is written is a finite number or empty',
  { timeout: 60_000 },
  async () => {
    let figures = 0;
    const raster = fc.record({
      grid: fc.constantFrom(...GRIDS),
      cells,
      type: types,
      noData,
      ofFile: factor,
      scale: factor,
      offset: factor,
      isIndex: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        raster,
        async ({ grid, cells: values, type, noData: missing, ofFile, scale, offset, isIndex }) => {
          const bands = [0, 1].map(band => {
            const samples = createSamples(type, WIDTH * HEIGHT);
            samples.set(values.slice(band * samples.length, (band + 1) * samples.length));
            return samples;
          });
          const own = { scale: ofFile ?? 1, offset: -(ofFile ?? 0) };
          const layout = { grid, sampleType: type, tileSize: 16, noData: missing, bands: [own, own] };
          writeFileSync(
            at('odd.tif'),
            await writeGeoTiff({ width: WIDTH, height: HEIGHT, bands }, layout, nodeDeflate),
          );
          const given = [
            ['--scale', scale],
            ['--offset', offset],
          ] as const;
          const argv = [
            ...(isIndex ? ['--red', '1', '--nir', '2', '--index', 'evi2'] : ['--band', '2']),
            ...given.flatMap(([name, value]) => (value === undefined ? [] : [name, String(value)])),
          ];
          expect(await run(grid, ...argv, '--out', at('out.csv'))).toBe(0);
          expect(await run(grid, ...argv, '--out', at('out.json'))).toBe(0);
          const rows = parse(readFileSync(at('out.csv')), { columns: true }) as Record<string, string>[];
          expect(rows).toHaveLength(8);
          for (const cell of rows.flatMap(row => Object.values(row)))
            expect(cell).toMatch(/^(-?\d+(\.\d+)?(e[-+]\d+)?)?$/);
          expect(JSON.parse(readFileSync(at('out.json'), 'utf8'))).toEqual(
            rows.map(row =>
              Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, cell === '' ? null : Number(cell)])),
            ),
          );
          figures += rows.flatMap(row => Object.values(row)).filter(cell => cell !== '').length;
        },
      ),
      { numRuns: 150 },
    );
    expect(figures).toBeGreaterThan(150 * 20);
  },
);
