import type { BlockShape } from '../lerc-blob.ts';
import type { JpegSampling } from './jpeg-frame.ts';

/**
 * Turns luma and chroma into red, green and blue (JFIF 1.02), in place. `samples`: three to a cell, each chroma repeated over the cells that it
 * stands for, as the decoder leaves it. Chroma of half the resolution is interpolated as every common reader does, by three quarters of the
 * nearer and a quarter of the farther sample: repeated samples would be wrong by dozens of levels along the borders of colours.
 */
export function toRgb(samples: Uint8Array, { width, rows }: BlockShape, { across, down }: JpegSampling): void {
  const [finestAcross, finestDown] = [Math.max(...across), Math.max(...down)];
  const smooth = (component: 1 | 2): Uint8Array => {
    const [every, everyRow] = [finestAcross / (across[component] ?? 1), finestDown / (down[component] ?? 1)];
    return smoothed(planeOf(samples, component, { width, rows }), { width, rows, every, everyRow });
  };
  const [cb, cr] = [smooth(1), smooth(2)];
  for (let i = 0; i < width * rows; i += 1) {
    const luma = samples[3 * i] as number;
    const [blue, red] = [(cb[i] as number) - 128, (cr[i] as number) - 128];
    samples[3 * i] = clamp(luma + ((RED_BY_CR * red + HALF) >> 16));
    samples[3 * i + 1] = clamp(luma + ((HALF - GREEN_BY_CB * blue - GREEN_BY_CR * red) >> 16));
    samples[3 * i + 2] = clamp(luma + ((BLUE_BY_CB * blue + HALF) >> 16));
  }
}

const HALF = 1 << 15;
const fixed = (factor: number): number => Math.round(factor * 65_536);
const RED_BY_CR = fixed(1.402);
const BLUE_BY_CB = fixed(1.772);
const GREEN_BY_CB = fixed(0.344136286);
const GREEN_BY_CR = fixed(0.714136286);
const clamp = (value: number): number => (value < 0 ? 0 : value > 255 ? 255 : value);

function planeOf(
  samples: Uint8Array,
  component: number,
  { width, rows }: Omit<BlockShape, 'samplesPerCell'>,
): Uint8Array {
  const plane = new Uint8Array(width * rows);
  for (let i = 0; i < plane.length; i += 1) plane[i] = samples[3 * i + component] as number;
  return plane;
}

interface Plane {
  readonly width: number;
  readonly rows: number;
  /** A sample stands for so many columns and rows. */
  readonly every: number;
  readonly everyRow: number;
}

/** A plane of repeated samples with the steps between them smoothed; other resolutions than the whole and the half stay as they are. */
function smoothed(plane: Uint8Array, { width, rows, every, everyRow }: Plane): Uint8Array {
  const isHalf = (every === 1 || every === 2) && (everyRow === 1 || everyRow === 2);
  // As few columns are repeated by the others too.
  if (!isHalf || (every === 1 && everyRow === 1) || (every === 2 && Math.ceil(width / 2) < 3)) return plane;
  const result = new Uint8Array(plane.length);
  const nearAndFar = new Uint16Array(width);
  for (let row = 0; row < rows; row += 1) {
    const near = row * width;
    const far = farOf(row, rows, everyRow) * width;
    const share = everyRow === 2 ? 3 : 1;
    for (let col = 0; col < width; col += 1) {
      nearAndFar[col] = share * (plane[near + col] as number) + (everyRow === 2 ? (plane[far + col] as number) : 0);
    }
    if (every === 1) {
      const bias = row % 2 === 0 ? 1 : 2;
      for (let col = 0; col < width; col += 1) result[near + col] = ((nearAndFar[col] as number) + bias) >> 2;
      continue;
    }
    const [shift, leftBias, rightBias] = everyRow === 2 ? [4, 8, 7] : [2, 1, 2];
    for (let col = 0; col < width; col += 1) {
      const bias = col % 2 === 0 ? leftBias : rightBias;
      const sum = 3 * (nearAndFar[col] as number) + (nearAndFar[farOf(col, width, 2)] as number);
      result[near + col] = (sum + bias) >> shift;
    }
  }
  return result;
}

/** Any place under the neighbouring sample on the side where `at` lies in its own; its own at the border. */
function farOf(at: number, length: number, every: number): number {
  if (every === 1) return at;
  const far = at % 2 === 0 ? at - 1 : at + 1;
  return far < 0 || far >= length ? at : far;
}
