import type { PendingRows } from '../../../raster/raster-file.ts';
import type { PlainSamples } from '../../block-inputs.ts';

/** Two unsigned 16-bit bands in one 32-bit word a cell: red and near infrared as satellites' scenes hold them. */
export interface Pairs {
  readonly cells: Int32Array;
  readonly rowStride: number;
  /** The lower half of a word is the first of the two bands asked for. */
  readonly isLowFirst: boolean;
  /** No data of the lower and of the upper half, -1 where there is none. */
  readonly missingLower: number;
  readonly missingUpper: number;
  readonly pending: PendingRows | undefined;
}

/** Undefined where the two are not so stored. */
export function pairsOf(low: PlainSamples | undefined, high: PlainSamples | undefined): Pairs | undefined {
  if (low === undefined || high === undefined || !isLittleEndian) return undefined;
  const { values } = low;
  if (!(values instanceof Uint16Array) || high.values !== values || values.byteOffset % 4 !== 0) return undefined;
  if (low.stride !== 2 || low.start + high.start !== 1 || low.rowStride % 2 !== 0) return undefined;
  const isLowFirst = low.start === 0;
  return {
    cells: new Int32Array(values.buffer, values.byteOffset, values.length >> 1),
    rowStride: low.rowStride / 2,
    isLowFirst,
    missingLower: asHalf((isLowFirst ? low : high).missing),
    missingUpper: asHalf((isLowFirst ? high : low).missing),
    pending: low.pending,
  };
}

/** What is no whole number of 16 bits is in no cell. */
const asHalf = (missing: number): number => (missing === (missing & 0xffff) ? missing : -1);

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
