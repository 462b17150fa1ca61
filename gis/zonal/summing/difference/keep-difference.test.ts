import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NumberRooms } from '../../percentiles/number-rooms.ts';
import { ValueStore } from '../../percentiles/value-store.ts';
import type { CoverageRows } from '../../coverage/coverage-rows.ts';
import { PartSums } from '../part-sums.ts';
import { sumRow } from '../sum-row.ts';
import { keepDifference } from './keep-difference.ts';
import { loadPairs } from './load-difference.ts';
import type { Pairs } from './pairs.ts';
import { spreadDifference } from './spread-difference.ts';

const WIDTH = 1300;
const ROWS = 4;
const FIRST = { row: 512, col: 1024 };
const window = { blockCol: 0, blockRow: 0, ...FIRST, width: WIDTH, height: ROWS };

/** Spans of some rows of the window, as the rasteriser gives them. */
function coverageOf(
  rows: readonly (readonly (readonly [gap: number, length: number, weight: number])[])[],
): CoverageRows {
  const rowStarts = [0];
  const starts: number[] = [];
  const ends: number[] = [];
  const weights: number[] = [];
  for (const row of rows) {
    let col = 0;
    for (const [gap, length, weight] of row) {
      const end = Math.min(WIDTH, col + gap + length);
      if (col + gap < end) {
        starts.push(FIRST.col + col + gap);
        ends.push(FIRST.col + end);
        weights.push(weight);
      }
      col = end;
    }
    rowStarts.push(starts.length);
  }
  return {
    firstRow: FIRST.row,
    rowCount: rows.length,
    rowStarts: Uint32Array.from(rowStarts),
    starts: Int32Array.from(starts),
    ends: Int32Array.from(ends),
    weights: Float64Array.from(weights),
  };
}

describe('a normalised difference summed and kept in one pass', () => {
  it('is to the last bit what loading, summing and keeping row by row make of it', () => {
    const weight = fc.oneof(fc.constant(1), fc.double({ min: 1e-3, max: 0.999, noNaN: true }));
    const span = fc.tuple(fc.nat(5), fc.oneof(fc.nat(3), fc.nat(900)), weight);
    const half = fc.oneof(fc.constant(0), fc.constant(7), fc.nat(65_535));
    const rows = fc.array(fc.array(span, { maxLength: 9 }), { minLength: 1, maxLength: ROWS });
    const missing = fc.constantFrom(-1, 0, 7);
    fc.assert(
      fc.property(
        rows,
        fc.array(half, { minLength: 2, maxLength: 60 }),
        fc.boolean(),
        missing,
        (spans, halves, isLowFirst, none) => {
          const cells = Int32Array.from(
            { length: WIDTH * ROWS },
            (_, i) =>
              (halves[(i * 7) % halves.length] as number) | ((halves[(i * 3 + 1) % halves.length] as number) << 16),
          );
          const pairs: Pairs = {
            cells,
            rowStride: WIDTH,
            isLowFirst,
            missingLower: none,
            missingUpper: none,
            pending: undefined,
          };
          const coverage = coverageOf(spans);
          const [inOne, spread, byRow] = [new PartSums(), new PartSums(), new PartSums()];
          const [kept, added] = [new ValueStore(new NumberRooms()), new ValueStore(new NumberRooms())];
          const values = new Float64Array(WIDTH);
          // Twice: the second block of a zone finds rooms half full.
          for (let block = 0; block < 2; block += 1) {
            keepDifference(coverage, window, pairs, inOne, kept);
            spreadDifference(coverage, window, pairs, spread);
            for (let r = 0; r < coverage.rowCount; r += 1) {
              loadPairs(pairs, r, 0, WIDTH, values);
              sumRow(coverage, r, values, FIRST.col, true, byRow);
              added.addRow(coverage, r, values, FIRST.col);
            }
          }
          expect(inOne).toEqual(byRow);
          expect(spread).toEqual(byRow);
          expect(kept.collect()).toEqual(added.collect());
        },
      ),
      { numRuns: 200 },
    );
  });
});
