/** P(Z > z) of the standard normal distribution, z >= 0; absolute error below 7.5e-8 (Abramowitz and Stegun 26.2.17). */
export function normalTail(z: number): number {
  const t = 1 / (1 + 0.2316419 * z);
  const polynomial = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * polynomial;
}

/** The z with P(Z <= z) = p, for p in (0.5, 1): bisection of `normalTail`, so that the two agree. */
export function normalQuantile(p: number): number {
  let low = 0;
  let high = 9;
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (1 - normalTail(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
