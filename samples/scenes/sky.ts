import { gridField, sampleField } from '../terrain/scalar-grid.ts';
import { clamp, fractalNoise, smoothStep, type PlaneField } from '../terrain/noise.ts';

/** What lies between a sensor and the ground on one day. */
export interface Sky {
  /** Share of the light that a thick cloud takes, 0..1. */
  readonly cloud: PlaneField;
  /** 1 in full shadow of a cloud. */
  readonly shadow: PlaneField;
  /** Share of the light that thin haze takes, 0..0.3. */
  readonly haze: PlaneField;
}

const REACH = { westM: -2600, southM: -2600, eastM: 2600, northM: 2600 };
/** The sun stands in the south-east at this time of day: shadows fall to the north-west. */
const SHADOW_X_M = -170;
const SHADOW_Y_M = 120;

/** @param amount 0 = clear, 1 = about a third under cloud */
export function skyOf(seed: number, amount: number, hazy: boolean): Sky {
  const heaps = fractalNoise(seed, 1300, 5, 0.52);
  const veil = fractalNoise(seed + 91, 3400, 3);
  const threshold = 0.62 - 0.36 * amount;
  // Read off a lattice: clouds have no detail that a cell of 40 m would lose.
  const lattice = gridField(sampleField(REACH, 40, heaps));
  const cloud: PlaneField = (xM, yM) => smoothStep(threshold, threshold + 0.1, lattice(xM, yM));
  return {
    cloud,
    shadow: (xM, yM) => cloud(xM - SHADOW_X_M, yM - SHADOW_Y_M),
    haze: hazy ? (xM, yM) => clamp(0.13 + 0.22 * veil(xM, yM), 0.03, 0.3) : () => 0,
  };
}
