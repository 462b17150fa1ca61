import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createWasmInstance } from '../../../wasm/wasm-instance.ts';
import { needsOf } from '../../statistics.ts';
import { createZoneSums } from '../../sums/zone-sums.ts';
import type { ZoneShape } from '../../zone-shape.ts';
import { CoverageRasteriser } from '../../coverage/coverage-rasteriser.ts';
import type { CoverageRows } from '../../coverage/coverage-rows.ts';
import { PartSums } from '../part-sums.ts';
import { NumberRooms } from '../../percentiles/number-rooms.ts';
import { ValueStore } from '../../percentiles/value-store.ts';
import type { WeightedValues } from '../../percentiles/weighted-values.ts';
import { ownPercentileSelection } from '../../percentiles/percentile-selection.ts';
import { percentilesOf } from '../../percentiles/weighted-percentiles.ts';
import { sumRow } from '../sum-row.ts';
import { cellWindow, FIRST, image, lendBlock, ROWS, starOf, shapeOf, WIDTH, window } from './lent-blocks.fixture.ts';
import { loadPairs } from './load-difference.ts';
import { PairSums } from './pair-sums.ts';
import type { Pairs } from './pairs.ts';

const rasteriser = new CoverageRasteriser();

/** In or near the block. */
const shape = fc
  .record({
    u: fc.double({ min: -10, max: WIDTH + 10, noNaN: true }),
    v: fc.double({ min: -10, max: ROWS + 10, noNaN: true }),
    radii: fc.array(fc.double({ min: 0.1, max: 60, noNaN: true }), { minLength: 3, maxLength: 20 }),
  })
  .map(starOf);

const sums = new PairSums(createZoneSums(0, needsOf([])), image);
const rooms = new NumberRooms();

const copyOf = ({ rowStarts, starts, ends, weights, ...rest }: CoverageRows): CoverageRows => ({
  ...rest,
  rowStarts: rowStarts.slice(0, rest.rowCount + 1),
  starts: starts.slice(0, 2000),
  ends: ends.slice(0, 2000),
  weights: weights.slice(0, 2000),
});

/** Cells are not summed in the same order. */
function expectClose(part: PartSums, wanted: PartSums, sums: readonly (keyof PartSums)[]): void {
  const rounding = 1e-12 * Math.max(1, wanted.covered);
  for (const sum of sums) expect(Math.abs(Number(part[sum]) - Number(wanted[sum]))).toBeLessThanOrEqual(rounding);
}

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
          const { pairs, giveBack } = lendBlock(deflateSync, cells);
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
      { numRuns: 300 },
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
    const { pairs, giveBack } = lendBlock(deflateSync, cells);
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

  it('are left to others where a block, or what is good of it, lies elsewhere', () => {
    const { pairs, giveBack } = lendBlock(deflateSync, new Uint16Array(2 * WIDTH * ROWS));
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
