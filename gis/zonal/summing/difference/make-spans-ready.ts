import type { PendingRows } from '../../../raster/raster-file.ts';
import { makeReady } from '../../block-inputs.ts';
import type { BlockWindow } from '../../block-inputs.ts';
import type { CoverageRows } from '../../coverage/coverage-rows.ts';

/** Makes the cells of a block good that a zone's spans reach, row by row. */
export function makeSpansReady(
  { rowStarts, ends, firstRow, rowCount }: CoverageRows,
  window: BlockWindow,
  ...pending: readonly (PendingRows | undefined)[]
): void {
  if (pending.every(rows => rows === undefined)) return;
  for (let r = 0; r < rowCount; r += 1) {
    const end = rowStarts[r + 1] as number;
    if (end === rowStarts[r]) continue;
    const row = firstRow + r - window.row;
    const endCol = (ends[end - 1] as number) - window.col;
    for (const rows of pending) makeReady(rows, row, endCol);
  }
}
