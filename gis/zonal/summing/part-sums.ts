/**
 * Sums of one zone over one block: what the loops over cells write to, once a row, before it is joined to the zone's own sums. Weights are
 * covered fractions; deviations are counted from `shift`, a value of the part itself, so that they do not drown in its size.
 */
export class PartSums {
  /** Σ w of all cells, Σ w, Σ w² and Σ w x of valid ones. */
  covered = 0;
  count = 0;
  weight2 = 0;
  sum = 0;
  /** NaN until a value is met. */
  shift = NaN;
  /** Σ w (x - shift) and Σ w (x - shift)². */
  first = 0;
  second = 0;
  min = Infinity;
  max = -Infinity;

  clear(): void {
    this.covered = 0;
    this.count = 0;
    this.weight2 = 0;
    this.sum = 0;
    this.shift = NaN;
    this.first = 0;
    this.second = 0;
    this.min = Infinity;
    this.max = -Infinity;
  }

  /** Σ w (x - mean)². */
  get deviation(): number {
    return this.count > 0 ? Math.max(0, this.second - this.first ** 2 / this.count) : 0;
  }
}
