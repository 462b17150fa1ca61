import type { PendingRows, SampleArray } from '../raster-file.ts';

/**
 * Rows under predictor 2 (TIFF 6.0 section 14): every sample was stored as its difference from the sample `samplesPerCell` before it in the
 * row. Undone in place, row by row and only as far as a row is wanted; wraps as the sample type does.
 */
export function pendingDifferences(
  samples: SampleArray,
  width: number,
  rows: number,
  samplesPerCell: number,
): PendingRows {
  const ready = new Uint32Array(rows);
  const undo = differenceUndoer(samples, width, samplesPerCell);
  return {
    ready,
    prepare(row, endCol) {
      const done = ready[row] as number;
      if (endCol <= done) return;
      undo(row, done, endCol);
      ready[row] = endCol;
    },
  };
}

type UndoRow = (row: number, startCol: number, endCol: number) => void;

function differenceUndoer(samples: SampleArray, width: number, samplesPerCell: number): UndoRow {
  const rowLength = width * samplesPerCell;
  if (samplesPerCell === 2 && samples instanceof Uint16Array && samples.byteOffset % 4 === 0) {
    const cells = new Int32Array(samples.buffer, samples.byteOffset, samples.length >> 1);
    return (row, startCol, endCol) => undoPairs(cells, row * width + startCol, row * width + endCol, startCol > 0);
  }
  if (samplesPerCell === 1) {
    return (row, startCol, endCol) => {
      const start = row * width;
      let sum = startCol === 0 ? 0 : (samples[start + startCol - 1] as number);
      for (let i = start + startCol; i < start + endCol; i += 1) {
        sum = (sum + (samples[i] as number)) | 0;
        samples[i] = sum;
      }
    };
  }
  return (row, startCol, endCol) => {
    const start = row * rowLength;
    for (let i = start + Math.max(1, startCol) * samplesPerCell; i < start + endCol * samplesPerCell; i += 1) {
      samples[i] = (samples[i] as number) + (samples[i - samplesPerCell] as number);
    }
  };
}

/** Two 16-bit bands side by side, a cell in one load and one store: red and near infrared, the commonest pair there is. */
function undoPairs(cells: Int32Array, start: number, end: number, goesOn: boolean): void {
  const before = goesOn ? (cells[start - 1] as number) : 0;
  let low = before & 0xffff;
  let high = before >>> 16;
  for (let i = start; i < end; i += 1) {
    const cell = cells[i] as number;
    low = (low + cell) & 0xffff;
    high = (high + (cell >>> 16)) | 0;
    cells[i] = (high << 16) | low;
  }
}

/** Applies predictor 2 in place, for writing. */
export function applyHorizontalDifferencing(
  samples: SampleArray,
  width: number,
  rows: number,
  samplesPerCell: number,
): void {
  const rowLength = width * samplesPerCell;
  for (let row = 0; row < rows; row += 1) {
    const start = row * rowLength;
    for (let i = start + rowLength - 1; i >= start + samplesPerCell; i -= 1) {
      samples[i] = (samples[i] as number) - (samples[i - samplesPerCell] as number);
    }
  }
}

/**
 * Undoes predictor 2 of samples of eight bytes, in place: whole numbers of 64 bits are added, whatever they stand for, and what is carried
 * beyond is lost, as TIFF's writers do. Rare, and as slow as such numbers are here.
 */
export function undoWideDifferences(bytes: Uint8Array, width: number, rows: number, samplesPerCell: number): void {
  const cells = new BigUint64Array(bytes.buffer, bytes.byteOffset, bytes.byteLength >> 3);
  const rowLength = width * samplesPerCell;
  for (let row = 0; row < rows; row += 1) {
    for (let i = row * rowLength + samplesPerCell; i < (row + 1) * rowLength; i += 1) {
      cells[i] = (cells[i] as bigint) + (cells[i - samplesPerCell] as bigint);
    }
  }
}
