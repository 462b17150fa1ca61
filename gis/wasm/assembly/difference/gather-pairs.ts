// Brings the cells that a zone covers together, those wholly inside and the others apart. Most spans are a cell or a few: what is done with
// them in long lists, four cells at a time, took half as long again span by span.
import { ENDS, ROW_STARTS, STARTS, WEIGHTS } from '../coverage/layout';
import { PART_CELLS, PART_WEIGHTS, WHOLE_CELLS } from '../percentiles/layout';
import { cells, firstCol, makeReady, rowCells } from './pairs';

/** Where the cells wholly inside end, and those of others. */
export let wholeEnd: usize = WHOLE_CELLS;
export let partEnd: usize = PART_CELLS;
/** Σ w of all cells. */
export let covered: f64 = 0;

/**
 * Copies the cells of the spans of so many rows, the first of which is row `row` of the block, to `WHOLE_CELLS`, and to `PART_CELLS` with their
 * `PART_WEIGHTS`. What lies behind the last ones is anybody's, as far as a vector reaches.
 */
export function gatherPairs(row: u32, rows: u32): void {
  let wholeTo = WHOLE_CELLS;
  let partTo = PART_CELLS;
  let weightTo = PART_WEIGHTS;
  let partCovered: f64 = 0;
  let span: usize = load<u32>(ROW_STARTS);
  for (let r: u32 = 0; r < rows; r++) {
    const rowEnd: usize = load<u32>(ROW_STARTS + (((r as usize) + 1) << 2));
    if (span == rowEnd) continue;
    const rowAt = cells + (((row + r) * rowCells) << 2);
    makeReady(row + r, rowAt);
    const zeroAt = rowAt - ((firstCol as usize) << 2);
    for (; span < rowEnd; span++) {
      let at = zeroAt + ((load<u32>(STARTS + (span << 2)) as usize) << 2);
      const stop = zeroAt + ((load<u32>(ENDS + (span << 2)) as usize) << 2);
      const weight = load<f64>(WEIGHTS + (span << 3));
      if (weight == 1) {
        const end = wholeTo + (stop - at);
        // The last vector is copied across the end; the next span is written over that.
        for (; at < stop; at += 16, wholeTo += 16) v128.store(wholeTo, v128.load(at));
        wholeTo = end;
      } else {
        partCovered += weight * (((stop - at) >> 2) as f64);
        for (; at < stop; at += 4, partTo += 4, weightTo += 8) {
          store<u32>(partTo, load<u32>(at));
          store<f64>(weightTo, weight);
        }
      }
    }
  }
  wholeEnd = wholeTo;
  partEnd = partTo;
  covered = partCovered + (((wholeTo - WHOLE_CELLS) >> 2) as f64);
}
