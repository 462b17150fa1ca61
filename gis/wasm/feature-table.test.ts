import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { unpackPolygons } from '../geometry/packed.ts';
import { shapeZone } from '../zonal/zone-shape.ts';
import { FeatureTable } from './feature-table.ts';
import { createWasmInstance } from './wasm-instance.ts';
import type { WasmInstance } from './wasm-instance.ts';

const wasm = createWasmInstance() as WasmInstance;
const table = new FeatureTable(wasm);
const encoder = new TextEncoder();
const decoder = new TextDecoder();

function read(text: string): void {
  // What was read before lies behind what is read now, and is no part of it.
  table.read(encoder.encode(text.padEnd(text.length + 20, '7')));
  table.read(encoder.encode(text));
}

const feature = (coordinates: string, type = 'Polygon', more = ''): string =>
  `{"type":"Feature",${more}"geometry":{"type":"${type}","coordinates":${coordinates}},"properties":{"id":1}}`;
const polygonsOf = (i: number): unknown => unpackPolygons({ kind: 'polygons', ...table.coordinatesOf(i) }).coordinates;

describe('features whose coordinates are read in WebAssembly', () => {
  it('have the doubles that JSON.parse makes of their numbers, to the last bit; what is not decided is left to it', () => {
    const text = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map(value => JSON.stringify(value)),
      fc.double({ min: -2e7, max: 2e7, noNaN: true }).map(value => JSON.stringify(value)),
      fc.double({ min: -180, max: 180, noNaN: true }).map(value => JSON.stringify(value)),
      fc
        .tuple(fc.double({ min: -1e8, max: 1e8, noNaN: true }), fc.nat(20))
        .map(([value, decimals]) => value.toFixed(decimals)),
      fc
        .tuple(fc.bigInt({ min: 0n, max: 10n ** 21n }), fc.integer({ min: 0, max: 24 }), fc.boolean())
        .map(([digits, decimals, isNegative]) => {
          const padded = String(digits).padStart(decimals + 1, '0');
          const cut = padded.length - decimals;
          return `${isNegative ? '-' : ''}${padded.slice(0, cut)}${decimals > 0 ? `.${padded.slice(cut)}` : ''}`;
        }),
    );
    let readHere = 0;
    fc.assert(
      fc.property(text, x => {
        read(feature(`[[[${x},1.25]]]`));
        expect(table.length).toBe(1);
        if (table.depthOf(0) === 0) return;
        readHere += 1;
        expect([...table.positionsOf(0, 1)]).toEqual([JSON.parse(x), 1.25]);
      }),
      { numRuns: 15_000 },
    );
    expect(readHere).toBeGreaterThan(3000);
  });

  it('leave what is no number, or none that is common, to others', () => {
    const odd = ['', '-', '.5', '1.', '12345678.', '-01.5', '0123', '00', '01', '+1', 'NaN', '--1', '"1"', 'null'];
    const rare = ['1e5', '1.5E-7', '123456789.5', '90000001', '0.12345678901234567'];
    for (const number of [...odd, ...rare]) {
      for (const position of [`[${number},1]`, `[1,${number}]`, `[1,2,${number}]`]) {
        read(`${feature('[[[1,2],[3,4]]]')},${feature(`[[${position}]]`)},${feature('[[[5,6]]]')}`);
        expect(table.length).toBe(3);
        expect([0, 1, 2].map(i => table.depthOf(i))).toEqual([3, 0, 3]);
        expect(JSON.parse(decoder.decode(table.rest))).toMatchObject([{ type: 'Feature' }, 0, { type: 'Feature' }]);
        expect([...table.positionsOf(0, 1), ...table.positionsOf(2, 3)]).toEqual([1, 2, 3, 4, 5, 6]);
      }
    }
  });

  it('are rings of positions, whatever stands between them, three or four deep', () => {
    read(feature(' [ [ [ 1 , 2 , 9 ] ,\n[3,4,-9.5,7]\t] ,[[5,6]]\r]'));
    expect(polygonsOf(0)).toEqual([
      [
        [
          [1, 2],
          [3, 4],
        ],
        [[5, 6]],
      ],
    ]);
    read(feature('[[[[1,2]],[[3,4]]],[[[5,6]]]]', 'MultiPolygon'));
    expect([table.depthOf(0), polygonsOf(0)]).toEqual([4, [[[[1, 2]], [[3, 4]]], [[[5, 6]]]]]);
    const others = ['[]', '[[]]', '[[[]]]', '[1,2]', '[[1,2]]', '[[[[[1,2]]]]]', '[[[1]]]', '[[[1,2],[]]]', '{}', '7'];
    for (const other of [
      ...others,
      '[[[1,2]],[]]',
      '[[[1,2]],7]',
      '[[[1,2]][[3,4]]]',
      '[[[1,2]],]',
      '[[[1,2],[3,4]]',
    ]) {
      read(feature(other));
      expect([table.length, table.depthOf(0)], other).toEqual([1, 0]);
    }
  });

  it('are those of the geometry, once; all else is written down as it stands', () => {
    const more = '"id":"矿\\"{}[]","coordinates":[[[1,2]]],"other":{"geometry":{"coordinates":[[[1,2]]]}},';
    read(`${feature('[[[1,2]]]', 'Polygon', more)} , ${feature('[[[3,4]]]')}`);
    expect([table.depthOf(0), table.depthOf(1)]).toEqual([3, 3]);
    const [one] = JSON.parse(decoder.decode(table.rest)) as [Record<string, unknown>];
    const wanted = feature('"\\u0000"', 'Polygon', more);
    expect(one).toEqual(JSON.parse(wanted));
    const twice = '"geometry":{"coordinates":[[[1,2]]]},';
    for (const text of [feature('[[[1,2]]]', 'Polygon', twice), '{"type":"Polygon","coordinates":[[[1,2]]]}', '{}']) {
      read(text);
      expect([table.length, table.depthOf(0)]).toEqual([1, 0]);
      expect(decoder.decode(table.rest)).toBe('[0]');
    }
  });

  it('are those that are whole: of a text cut anywhere the first ones', () => {
    const texts = Array.from({ length: 5 }, (_, i) => feature(`[[[${i}.125,-${i}],[12345.678901234,${i}]]]`));
    const whole = texts.join(', ');
    const ends = texts.map((_, i) => texts.slice(0, i + 1).join(', ').length);
    for (let cut = 0; cut <= whole.length; cut += 1) {
      read(whole.slice(0, cut));
      const count = ends.filter(end => end <= cut).length;
      expect([table.length, table.readBytes]).toEqual([count, ends[count - 1] ?? 0]);
      expect((JSON.parse(decoder.decode(table.rest)) as unknown[]).length).toBe(count);
      for (let i = 0; i < count; i += 1) {
        expect([...table.positionsOf(i, i + 1)]).toEqual([i + 0.125, -i, 12345.678901234, i]);
        expect(whole.slice(...table.placeOf(i))).toBe(texts[i]);
      }
    }
  });

  it('come a text at a time, and no more than there is room for', () => {
    const small = Array.from({ length: 9000 }, () => '{}').join(',');
    read(small);
    expect([table.length, table.readBytes]).toEqual([8192, 8192 * 3 - 1]);
    const dense = feature(`[[${Array.from({ length: 80_000 }, () => '[1,2]').join(',')}]]`);
    read(dense);
    expect([table.length, table.positionsOf(0, 1).length]).toEqual([1, 160_000]);
    const rings = feature(`[${Array.from({ length: 60_000 }, () => '[[1,2]]').join(',')}]`);
    read(rings);
    expect(table.ringEndsOf(0, 1)).toHaveLength(60_000);
    read(feature(`[[${Array.from({ length: 100_000 }, () => '[1,2]').join(',')}]]`));
    expect(table.length).toBe(0);
  });

  it('lie on a grid as they do one by one', () => {
    const grid = { width: 400, height: 300, originX: 500_000, originY: 4_000_000, cellWidth: 10, cellHeight: 12 };
    const onGrid = { ...grid, crs: 'EPSG:32647' };
    const ring = fc.array(
      fc.tuple(
        fc.double({ min: 499_000, max: 505_000, noNaN: true }),
        fc.double({ min: 3_995_000, max: 4_001_000, noNaN: true }),
      ),
      { minLength: 1, maxLength: 12 },
    );
    const polygons = fc.array(fc.array(ring, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.array(polygons, { minLength: 1, maxLength: 5 }), list => {
        read(list.map(coordinates => feature(JSON.stringify(coordinates), 'MultiPolygon')).join(','));
        expect(table.length).toBe(list.length);
        table.place(grid, Infinity);
        for (const [i, coordinates] of list.entries()) {
          const shape = shapeZone({ type: 'MultiPolygon', coordinates }, onGrid, undefined);
          if (table.depthOf(i) === 0) continue;
          expect(table.isPlaced(i)).toBe(typeof shape === 'object');
          if (typeof shape !== 'object') continue;
          const { points, ringEnds, ringSigns, minU, maxU, minV, maxV, areaCells } = shape;
          expect(table.positionsOf(i, i + 1)).toEqual(points);
          expect(table.ringEndsOf(i, i + 1)).toEqual(ringEnds);
          expect(table.ringSignsOf(i, i + 1)).toEqual(ringSigns);
          expect([...table.extentsOf(i, i + 1)]).toEqual([minU, maxU, minV, maxV, areaCells]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('are not placed where they lie on the grid a turn away as well', () => {
    const grid = { width: 3600, height: 1800, originX: -180, originY: 90, cellWidth: 0.1, cellHeight: 0.1 };
    const square = (x: number): string => feature(`[[[${x},0],[${x + 1},0],[${x + 1},1],[${x},0]]]`);
    read([0, 179.5, -180.5, 190, -180].map(square).join(','));
    table.place(grid, 3600);
    expect([0, 1, 2, 3, 4].map(i => table.isPlaced(i))).toEqual([true, false, false, false, true]);
  });
});
