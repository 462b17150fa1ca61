import { ECCENTRICITY2, POLAR_RADIUS_M } from './ellipsoid.ts';

/**
 * Area between the equator and a parallel, for one radian of longitude, as a function of x = sin φ:
 * s(x) = b² ∫₀ˣ (1 − e²t²)⁻² dt = b² Σ (n+1)/(2n+1) e²ⁿ x²ⁿ⁺¹ (Snyder 1987, eq. 3-12, expanded).
 * e² is 0.0067, so that eight terms leave less than 1e-17.
 */
const TERMS = 8;
const B2 = POLAR_RADIUS_M * POLAR_RADIUS_M;
const COEFFICIENTS: readonly number[] = Array.from(
  { length: TERMS },
  (_, n) => (B2 * (n + 1) * ECCENTRICITY2 ** n) / (2 * n + 1),
);
const [C0, C1, C2, C3, C4, C5, C6, C7] = COEFFICIENTS as [
  number,
  number,
  number,
  number,
  number,
  number,
  number,
  number,
];

/** Signed area (m² per radian of longitude) from the equator to the parallel of which `sinLat` is the sine. */
export function zoneAreaM2PerRadian(sinLat: number): number {
  const y = sinLat * sinLat;
  return sinLat * (C0 + y * (C1 + y * (C2 + y * (C3 + y * (C4 + y * (C5 + y * (C6 + y * C7)))))));
}

/**
 * (s(x2) − s(x1)) / (x2 − x1) without the loss of digits of the plain difference: the mean of `ds/dx` between two
 * parallels. Multiply by `x2 − x1` (computed as 2·cos·sin) for the area of a narrow strip.
 */
export function zoneAreaSlopeM2(x1: number, x2: number): number {
  // (x2^(k) - x1^(k)) / (x2 - x1) for odd k, by the recurrence h_k = x2·h_(k-1) + x1^(k-1).
  let h = 1;
  let power = 1;
  let sum = COEFFICIENTS[0] as number;
  for (let n = 1; n < TERMS; n++) {
    for (let step = 0; step < 2; step++) {
      power *= x1;
      h = x2 * h + power;
    }
    sum += (COEFFICIENTS[n] as number) * h;
  }
  return sum;
}
