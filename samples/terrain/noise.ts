import { latticeValue } from './random.ts';

/** Scalar field over the local plane of a site; x east and y north of the site's centre, in metres. */
export type PlaneField = (xM: number, yM: number) => number;

/** Value noise in -1..1 with lattice spacing `wavelengthM`, smooth up to the second derivative. */
export function valueNoise(seed: number, wavelengthM: number): PlaneField {
  return (xM, yM) => {
    const x = xM / wavelengthM;
    const y = yM / wavelengthM;
    const column = Math.floor(x);
    const row = Math.floor(y);
    const s = ease(x - column);
    const t = ease(y - row);
    const south = mix(latticeValue(column, row, seed), latticeValue(column + 1, row, seed), s);
    const north = mix(latticeValue(column, row + 1, seed), latticeValue(column + 1, row + 1, seed), s);
    return mix(south, north, t) * 2 - 1;
  };
}

/** Sum of octaves, each half as long and `gain` times as high as the one before, in about -1..1. */
export function fractalNoise(seed: number, wavelengthM: number, octaves: number, gain = 0.5): PlaneField {
  const layers: PlaneField[] = [];
  const weights: number[] = [];
  let weight = 1;
  let total = 0;
  for (let octave = 0; octave < octaves; octave++) {
    layers.push(valueNoise(seed + octave * 101, wavelengthM / 2 ** octave));
    weights.push(weight);
    total += weight;
    weight *= gain;
  }
  return (xM, yM) => {
    let sum = 0;
    for (let octave = 0; octave < octaves; octave++) sum += layers[octave]!(xM, yM) * weights[octave]!;
    return sum / total;
  };
}

/** Crests instead of bumps: 1 on the crest lines of a fractal noise, towards 0 in the hollows. */
export function ridgedNoise(seed: number, wavelengthM: number, octaves: number): PlaneField {
  const base = fractalNoise(seed, wavelengthM, octaves);
  return (xM, yM) => 1 - Math.abs(base(xM, yM));
}

const mix = (from: number, to: number, t: number): number => from + (to - from) * t;
export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
/** 0 below `from`, 1 above `to`, smooth between. */
export function smoothStep(from: number, to: number, value: number): number {
  const t = clamp((value - from) / (to - from), 0, 1);
  return t * t * (3 - 2 * t);
}

function ease(t: number): number {
  return t * t * t * (t * (t * 6 - 15) + 10);
}
