import type { Position } from '../../../../gis/types.ts';

/** Rows of positions shorter than this are not worth packing. */
const MIN_ROW = 16;

/** A row of positions as one flat row of numbers, which a worker is handed without being copied. */
interface FlatRow {
  readonly flat: Float64Array;
}

export interface Parcel {
  readonly content: unknown;
  readonly transfer: ArrayBuffer[];
}

/**
 * Makes a message light: copying ten thousand positions from thread to thread as ten thousand objects takes longer than
 * a frame may. Everything else stays as it is.
 */
export function pack(message: unknown): Parcel {
  const transfer: ArrayBuffer[] = [];
  const walk = (value: unknown): unknown => {
    if (isRow(value)) {
      const flat = new Float64Array(2 * value.length);
      for (let i = 0; i < value.length; i++) [flat[2 * i], flat[2 * i + 1]] = value[i] as [number, number];
      transfer.push(flat.buffer);
      return { flat } satisfies FlatRow;
    }
    return through(value, walk);
  };
  return { content: walk(message), transfer };
}

/** The message that was packed. */
export function unpack(content: unknown): unknown {
  if (isFlat(content)) {
    const { flat } = content;
    return Array.from({ length: flat.length / 2 }, (_, i) => [flat[2 * i], flat[2 * i + 1]]);
  }
  return through(content, unpack);
}

function through(value: unknown, walk: (part: unknown) => unknown): unknown {
  if (Array.isArray(value)) return typeof value[0] === 'number' ? value : value.map(walk);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, walk(part)]));
}

const isRow = (value: unknown): value is readonly Position[] =>
  Array.isArray(value) &&
  value.length >= MIN_ROW &&
  Array.isArray(value[0]) &&
  value[0].length === 2 &&
  typeof value[0][0] === 'number';

const isFlat = (value: unknown): value is FlatRow =>
  typeof value === 'object' && value !== null && 'flat' in value && value.flat instanceof Float64Array;
