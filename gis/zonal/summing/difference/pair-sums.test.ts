import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyHorizontalDifferencing } from '../../../raster/tiff/predictor.ts';
import { ownInflater } from '../../../raster/tiff/inflate/inflater.ts';
import { createWasmInstance } from '../../../wasm/wasm-instance.ts';
import { needsOf, parseStat } from '../../statistics.ts';
import type { ShapeColumns } from '../../zonal-plan.ts';
import type { ZoneShape } from '../../zone-shape.ts';
import { addPart, createZoneSums } from '../../zone-sums.ts';
import { CoverageRasteriser } from '../../coverage/coverage-rasteriser.ts';
import type { CoverageRows } from '../../coverage/coverage-rows.ts';
import { PartSums } from '../part-sums.ts';
import { NumberRooms } from '../../percentiles/number-rooms.ts';
import { ValueStore } from '../../percentiles/value-store.ts';
import type { WeightedValues } from '../../percentiles/weighted-values.ts';
import { ownPercentileSelection } from '../../percentiles/percentile-selection.ts';
import { percentilesOf } from '../../percentiles/weighted-percentiles.ts';
import { sumRow } from '../sum-row.ts';
import { loadPairs } from './load-difference.ts';
import { PairSums } from './pair-sums.ts';
import type { Pairs } from './pairs.ts';

const WIDTH = 96;
const ROWS = 40;
const FIRST = { row: 400, col: 96 };
const window = { ...FIRST, blockCol: 1, blockRow: 10, width: WIDTH, height: ROWS };
const cellWindow = {
  firstRow: FIRST.row,
  endRow: FIRST.row + ROWS,
  firstCol: FIRST.col,
  endCol: FIRST.col + WIDTH,
};
const meta = { rowStride: WIDTH, missingLower: -1, missingUpper: -1, isLowFirst: true };

/** A block as the reader leaves it: in a room of the module's memory, its differences not undone. */
function lend(cells: Uint16Array): { readonly pairs: Pairs; readonly giveBack: () => void } {
  const stored = cells.slice();
  applyHorizontalDifferencing(stored, WIDTH, ROWS, 2);
  const bytes = new Uint8Array(stored.buffer);
  const predicted = { predictor: 2, sampleBytes: 2, samplesPerCell: 2, rowBytes: WIDTH * 4, rows: ROWS } as const;
  const length = { expectedBytes: bytes.length, wantedBytes: bytes.length };
  const [block] = ownInflater()?.inflate([{ compressed: deflateSync(bytes), ...length, predicted }]) ?? [];
  if (block?.pending === undefined || block.giveBack === undefined) throw new Error('not lent');
  const { goodCells, undoRow } = block.pending;
  const prepare = (row: number): void => {
    if (goodCells[row] !== WIDTH) undoRow(row);
    goodCells[row] = WIDTH;
  };
  const inRoom = new Int32Array(block.bytes.buffer, block.bytes.byteOffset, WIDTH * ROWS);
  return { pairs: { ...meta, cells: inRoom, pending: { ready: goodCells, prepare } }, giveBack: block.giveBack };
}

const rasteriser = new CoverageRasteriser();
const sums = new PairSums(needsOf([]));
const rooms = new NumberRooms();

const copyOf = ({ rowStarts, starts, ends, weights, ...rest }: CoverageRows): CoverageRows => ({
  ...rest,
  rowStarts: rowStarts.slice(0, rest.rowCount + 1),
  starts: starts.slice(0, 2000),
  ends: ends.slice(0, 2000),
  weights: weights.slice(0, 2000),
});

function shapeOf(corners: readonly (readonly [u: number, v: number])[]): ZoneShape {
  const [us, vs] = [corners.map(corner => corner[0]), corners.map(corner => corner[1])];
  return {
    points: Float64Array.from(corners.flat()),
    ringEnds: Uint32Array.of(corners.length),
    ringSigns: Int8Array.of(1),
    minU: Math.min(...us),
    maxU: Math.max(...us),
    minV: Math.min(...vs),
    maxV: Math.max(...vs),
    areaCells: 1,
  };
}

/** A star about a centre in or near the block. */
const shape = fc
  .record({
    u: fc.double({ min: -10, max: WIDTH + 10, noNaN: true }),
    v: fc.double({ min: -10, max: ROWS + 10, noNaN: true }),
    radii: fc.array(fc.double({ min: 0.1, max: 60, noNaN: true }), { minLength: 3, maxLength: 20 }),
  })
  .map(({ u, v, radii }): ZoneShape => {
    const corners = radii.map((radius, i): [number, number] => {
      const angle = (2 * Math.PI * i) / radii.length;
      return [FIRST.col + u + radius * Math.cos(angle), FIRST.row + v + radius * Math.sin(angle)];
    });
    return shapeOf(corners);
  });

/** Of more corners than are summed together. */
const large: ZoneShape = shapeOf(
  Array.from({ length: 5000 }, (_, i) => [
    FIRST.col + 40 + 30 * Math.cos(i / 795),
    FIRST.row + 20 + 9 * Math.sin(i / 795),
  ]),
);

const isInBlock = ({ minU, maxU, minV, maxV }: ZoneShape): boolean =>
  minU >= FIRST.col && maxU <= FIRST.col + WIDTH && minV >= FIRST.row && maxV <= FIRST.row + ROWS;

function columnsOf(shapes: readonly ZoneShape[]): ShapeColumns {
  const upTo = (lengths: readonly number[]): Uint32Array => {
    let total = 0;
    return Uint32Array.from(lengths, length => (total += length));
  };
  const ends = upTo(shapes.map(({ points }) => points.length));
  return {
    rooms: [Float64Array.from(shapes.flatMap(({ points }) => [...points]))],
    roomOf: new Uint32Array(shapes.length),
    pointStarts: Uint32Array.of(0, ...ends.subarray(0, -1)),
    pointEnds: ends,
    ringEnds: Uint32Array.from(shapes.flatMap(one => [...one.ringEnds])),
    ringSigns: Int8Array.from(shapes.flatMap(one => [...one.ringSigns])),
    ringTotals: upTo(shapes.map(one => one.ringEnds.length)),
    extents: Float64Array.from(shapes.flatMap(one => [one.minU, one.maxU, one.minV, one.maxV, one.areaCells])),
  };
}

/** Cells are not summed in the same order. */
function expectClose(part: PartSums, wanted: PartSums, sums: readonly (keyof PartSums)[]): void {
  const rounding = 1e-12 * Math.max(1, wanted.covered);
  for (const sum of sums) expect(Math.abs(Number(part[sum]) - Number(wanted[sum]))).toBeLessThanOrEqual(rounding);
}

const NOTHING: WeightedValues = { values: new Float64Array(0), weights: new Float64Array(0) };

/** Nought has one sign. */
const collected = (store: ValueStore): WeightedValues => {
  const { values, weights } = store.collect();
  return { values: values.map(value => value + 0), weights };
};

/** The deviation does not depend on the value from which it was summed. */
function expectCloseSpread(part: PartSums, wanted: PartSums): void {
  for (const value of ['min', 'max'] as const) expect(part[value] + 0).toBe(wanted[value] + 0);
  expectClose(part, wanted, ['covered', 'count', 'weight2', 'sum', 'deviation']);
}

describe('normalised differences summed in WebAssembly', () => {
  it('are what loading and summing row by row make of them, whatever is missing and undone already', () => {
    const half = fc.oneof(fc.constant(0), fc.constant(7), fc.nat(65_535));
    const missing = fc.constantFrom(-1, 0, 7);
    fc.assert(
      fc.property(
        fc.array(shape, { minLength: 1, maxLength: 4 }),
        fc.array(half, { minLength: 2, maxLength: 60 }),
        fc.record({ isLowFirst: fc.boolean(), missingLower: missing, missingUpper: missing }),
        fc.boolean(),
        (shapes, halves, how, isCopied) => {
          const cells = Uint16Array.from(
            { length: 2 * WIDTH * ROWS },
            (_, i) => halves[(i * (i % 2 === 0 ? 7 : 3)) % halves.length] as number,
          );
          const { pairs, giveBack } = lend(cells);
          const own = { ...pairs, ...how };
          const plain: Pairs = { ...own, cells: new Int32Array(cells.buffer), pending: undefined };
          const values = new Float64Array(WIDTH);
          expect(sums.open(own, window)).toBe(true);
          for (const zone of shapes) {
            const made = rasteriser.cover(zone, cellWindow);
            if (made === undefined) continue;
            const rows = copyOf(made);
            const [inWasm, byRow] = [new PartSums(), new PartSums()];
            const [spread, spreadByRow] = [new PartSums(), new PartSums()];
            const [kept, keptByRow] = [new ValueStore(rooms), new ValueStore(rooms)];
            if (isCopied) rasteriser.cover(shapes[0] as ZoneShape, { ...cellWindow, endRow: FIRST.row + 3 });
            const spans = isCopied ? rows : made;
            // Whichever comes first undoes the rows.
            if (how.isLowFirst) sums.add(spans, window, inWasm);
            sums.addWithSpread(spans, window, spread);
            kept.append(sums.kept);
            if (!how.isLowFirst) sums.add(spans, window, inWasm);
            for (let r = 0; r < rows.rowCount; r += 1) {
              loadPairs(plain, rows.firstRow + r - FIRST.row, 0, WIDTH, values);
              sumRow(rows, r, values, FIRST.col, false, byRow);
              sumRow(rows, r, values, FIRST.col, true, spreadByRow);
              keptByRow.addRow(rows, r, values, FIRST.col);
            }
            expectClose(inWasm, byRow, ['covered', 'count', 'weight2', 'sum']);
            expectCloseSpread(spread, spreadByRow);
            expect(collected(kept)).toEqual(collected(keptByRow));
          }
          giveBack();
        },
      ),
      { numRuns: 300, seed: 21 },
    );
  });

  it.each([
    ['apart', 900],
    ['in a crowd', 59_990],
  ])('their percentiles are those of the same values copied out, with what other blocks had: %s', (_, base) => {
    // In a crowd many values lie in the place of one, for the first cell is far away.
    const cells = Uint16Array.from(
      { length: 2 * WIDTH * ROWS },
      (_, i) => base + ((i * 7919) % (i % 2 === 0 ? 97 : 89)),
    );
    cells.set([60_000, 1]);
    const { pairs, giveBack } = lend(cells);
    const zone = shapeOf([
      [FIRST.col, FIRST.row],
      [FIRST.col + 96, FIRST.row + 3.3],
      [FIRST.col + 44.4, FIRST.row + 40],
    ]);
    const rows = rasteriser.cover(zone, cellWindow) as CoverageRows;
    sums.open(pairs, window);
    const [copied, store] = [new ValueStore(rooms), new ValueStore(rooms)];
    for (let block = 0; block < 3; block += 1) {
      sums.addWithSpread(rows, window, new PartSums());
      copied.append(sums.kept);
      if (block < 2) store.append(sums.kept);
    }
    const fractions = [0.5, 0.1, 0.9];
    const found = store.percentiles(fractions, sums.kept);
    const { values, weights } = copied.collect();
    const list = { values, weights, length: values.length };
    const wanted = percentilesOf({ ...list, repeats: new Uint32Array(0), repeatCount: 0 }, list, fractions);
    wanted.forEach((percentile, i) => expect(found[i]).toBeCloseTo(percentile, 12));
    expect(new Set(wanted).size).toBe(3);

    sums.addWithSpread(rows, window, new PartSums());
    const alone = new ValueStore(rooms);
    alone.append(sums.kept);
    const written = new Float64Array(5);
    const isWritten = ownPercentileSelection().writeKept(fractions, written, 1);
    expect([...written.subarray(1, 4)]).toEqual(isWritten ? [...alone.percentiles(fractions)] : [0, 0, 0]);
    expect(isWritten).toBe(base === 900);
    giveBack();
  });

  it('are the same where zones stay in the memory from block to block, whatever lies in it already', () => {
    fc.assert(
      fc.property(
        fc.array(shape, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        fc.nat(),
        (shapes, isLowFirst, seed) => {
          const all = [...shapes, large];
          const together = createZoneSums(all.length, needsOf([]));
          const own = new PairSums(together.needs);
          const other = new PairSums(together.needs);
          const wanted = all.map(() => new PartSums());
          for (const block of [1, 2]) {
            const cells = Uint16Array.from({ length: 2 * WIDTH * ROWS }, (_, i) => (i * 7919 * block + seed) % 4001);
            const { pairs, giveBack } = lend(cells);
            const inHand = { ...pairs, isLowFirst };
            expect(own.open(inHand, window)).toBe(true);
            const left = own.addTogether(Uint32Array.from(all.keys()), columnsOf(all), window);
            expect([...left]).toEqual([shapes.length]);
            expect([...other.addTogether(Uint32Array.of(0), columnsOf(all), window)]).toEqual([0]);
            for (const [zone, one] of all.entries()) {
              const part = new PartSums();
              const rows = one === large ? undefined : rasteriser.cover(one, cellWindow);
              if (rows !== undefined) own.add(rows, window, part);
              const sum = wanted[zone] as PartSums;
              for (const key of ['covered', 'count', 'weight2', 'sum'] as const) sum[key] += part[key];
            }
            giveBack();
          }
          own.close(together);
          for (const key of ['covered', 'count', 'weight2', 'sum'] as const) {
            expect([...together[key]]).toEqual(wanted.map(part => part[key]));
          }
        },
      ),
      { numRuns: 100, seed: 8 },
    );
  });

  it.each([0, 3, 17])('are the same with their spread, and %i percentiles of those that lie in no other block', n => {
    const stats = ['mean', 'stdev', 'min', 'max', ...Array.from({ length: n }, (_, i) => `p${(i * 100) / n}`)];
    const needs = needsOf(stats.map(parseStat));
    const shapes = fc.array(shape, { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(shapes, fc.boolean(), fc.integer({ min: 2, max: 4001 }), (shapes, isLowFirst, modulus) => {
        const all = [...shapes, large];
        const [together, wanted] = [createZoneSums(all.length, needs), createZoneSums(all.length, needs)];
        const own = new PairSums(needs);
        const taken = new Map<number, WeightedValues>();
        const kept = (): WeightedValues => {
          const store = new ValueStore(rooms);
          if (!own.kept.isEmpty) store.append(own.kept);
          return collected(store);
        };
        for (const block of [1, 2]) {
          const cells = Uint16Array.from({ length: 2 * WIDTH * ROWS }, (_, i) => (i * 7919 * block) % modulus);
          const { pairs, giveBack } = lend(cells);
          expect(own.open({ ...pairs, isLowFirst }, window)).toBe(true);
          taken.clear();
          const numbers = Uint32Array.from(all.keys());
          const left = own.keepTogether(numbers, columnsOf(all), window, zone => taken.set(zone, kept()));
          expect([...left]).toEqual([shapes.length]);
          for (const [zone, one] of shapes.entries()) {
            const part = new PartSums();
            const rows = rasteriser.cover(one, cellWindow);
            if (rows !== undefined) own.addWithSpread(rows, window, part);
            addPart(wanted, zone, part);
            const isAlone = isInBlock(one);
            const found = new Float64Array(n);
            const isFound =
              isAlone && rows !== undefined && ownPercentileSelection().writeKept(needs.fractions, found, 0);
            expect(taken.has(zone)).toBe(n > 0 && !isFound);
            if (taken.has(zone)) expect(taken.get(zone)).toEqual(rows === undefined ? NOTHING : kept());
            else wanted.settled.set(found, zone * n);
          }
          giveBack();
        }
        own.close(together);
        for (const key of ['covered', 'count', 'weight2', 'sum', 'deviation', 'min', 'max', 'settled'] as const) {
          expect(together[key]).toEqual(wanted[key]);
        }
      }),
      { numRuns: 100, seed: 5 },
    );
  });

  it('are left to others where a block, or what is good of it, lies elsewhere', () => {
    const { pairs, giveBack } = lend(new Uint16Array(2 * WIDTH * ROWS));
    const { pending } = pairs;
    const memory = createWasmInstance()?.memory.buffer as ArrayBuffer;
    expect(sums.open({ ...pairs, cells: new Int32Array(memory, 0, WIDTH * ROWS) }, window)).toBe(false);
    expect(sums.open({ ...pairs, pending: pending && { ...pending, ready: new Uint32Array(ROWS) } }, window)).toBe(
      false,
    );
    expect(sums.open({ ...pairs, pending: undefined }, window)).toBe(true);
    giveBack();
  });
});
