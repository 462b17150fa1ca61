/** Fewer values than this are sorted where they stand. */
const FEW = 48;
/** A class of more values than this is sorted by itself first: values may crowd in one place. */
const CROWD = 24;

/**
 * Sorts the first `length` values into rising order, with their weights where they have any; no value is NaN. Values are dealt into as
 * many classes between the least and the greatest as there are values, which leaves next to nothing to sort: a comparison sort of the
 * same values takes three times as long. One instance serves any number of lists (it owns the room).
 */
export class ValueSorter {
  private values = new Float64Array(1024);
  private weights = new Float64Array(0);
  private classEnds = new Uint32Array(1025);

  sort(values: Float64Array, weights: Float64Array | undefined, length: number): void {
    if (length <= FEW) {
      insert(values, weights, length);
      return;
    }
    let min = Infinity;
    let max = -Infinity;
    for (let i = 0; i < length; i += 1) {
      const value = values[i] as number;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    if (min === max) return;
    const scale = (length - 1) / (max - min);
    if (!(scale > 0 && scale < Infinity)) {
      sortCrowd(values, weights, 0, length);
      return;
    }
    this.deal(values, weights, length, min, scale);
    insert(values, weights, length);
  }

  private deal(
    values: Float64Array,
    weights: Float64Array | undefined,
    length: number,
    min: number,
    scale: number,
  ): void {
    if (this.values.length < length) {
      this.values = new Float64Array(length * 2);
      this.classEnds = new Uint32Array(length * 2 + 1);
    }
    if (weights !== undefined && this.weights.length < length) this.weights = new Float64Array(length * 2);
    const { values: dealt, weights: dealtWeights, classEnds } = this;
    classEnds.fill(0, 0, length + 1);
    for (let i = 0; i < length; i += 1) {
      const own = (((values[i] as number) - min) * scale) | 0;
      classEnds[own] = (classEnds[own] as number) + 1;
    }
    let before = 0;
    let most = 0;
    for (let own = 0; own < length; own += 1) {
      const count = classEnds[own] as number;
      classEnds[own] = before;
      before += count;
      if (count > most) most = count;
    }
    for (let i = 0; i < length; i += 1) {
      const value = values[i] as number;
      const own = ((value - min) * scale) | 0;
      const at = classEnds[own] as number;
      classEnds[own] = at + 1;
      dealt[at] = value;
      if (weights !== undefined) dealtWeights[at] = weights[i] as number;
    }
    values.set(dealt.subarray(0, length));
    weights?.set(dealtWeights.subarray(0, length));
    if (most <= CROWD) return;
    for (let own = 0, start = 0; own < length; own += 1) {
      const end = classEnds[own] as number;
      if (end - start > CROWD) sortCrowd(values, weights, start, end);
      start = end;
    }
  }
}

/** Insertion: for lists that are few or nearly in order. */
function insert(values: Float64Array, weights: Float64Array | undefined, length: number): void {
  for (let i = 1; i < length; i += 1) {
    const value = values[i] as number;
    if ((values[i - 1] as number) <= value) continue;
    const weight = weights === undefined ? 0 : (weights[i] as number);
    let at = i;
    for (; at > 0 && (values[at - 1] as number) > value; at -= 1) {
      values[at] = values[at - 1] as number;
      if (weights !== undefined) weights[at] = weights[at - 1] as number;
    }
    values[at] = value;
    if (weights !== undefined) weights[at] = weight;
  }
}

function sortCrowd(values: Float64Array, weights: Float64Array | undefined, start: number, end: number): void {
  const own = values.subarray(start, end);
  if (weights === undefined) {
    own.sort();
    return;
  }
  const ownWeights = weights.subarray(start, end);
  const order = Uint32Array.from(own, (_, i) => i).sort((a, b) => (own[a] as number) - (own[b] as number));
  const sorted = Float64Array.from(order, i => own[i] as number);
  const sortedWeights = Float64Array.from(order, i => ownWeights[i] as number);
  own.set(sorted);
  ownWeights.set(sortedWeights);
}
