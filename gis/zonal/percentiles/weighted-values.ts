/** Distinct values in rising order, each with the sum of its weights. */
export interface WeightedValues {
  readonly values: Float64Array;
  readonly weights: Float64Array;
}

/** The first `length` of `values`, rising, equal ones not yet joined. */
export interface RisingValues {
  readonly values: Float64Array;
  readonly length: number;
}

/** Each with a weight of its own. */
export interface WeightedList extends RisingValues {
  readonly weights: Float64Array;
}

/** Without weights every value weighs 1. */
export interface RisingList extends RisingValues {
  readonly weights: Float64Array | undefined;
}

export const risingList = ({ values, weights }: WeightedValues): WeightedList => ({
  values,
  weights,
  length: values.length,
});

/** Two rising lists as one, equal values joined. */
export function joinRising(a: RisingList, b: RisingList): WeightedValues {
  const values = new Float64Array(a.length + b.length);
  const weights = new Float64Array(values.length);
  let count = 0;
  for (let i = 0, j = 0; i < a.length || j < b.length; count += 1) {
    const isOfA = j >= b.length || (i < a.length && (a.values[i] as number) <= (b.values[j] as number));
    const value = (isOfA ? a.values[i] : b.values[j]) as number;
    let weight = 0;
    for (; i < a.length && a.values[i] === value; i += 1)
      weight += a.weights === undefined ? 1 : (a.weights[i] as number);
    for (; j < b.length && b.values[j] === value; j += 1)
      weight += b.weights === undefined ? 1 : (b.weights[j] as number);
    values[count] = value;
    weights[count] = weight;
  }
  return { values: values.slice(0, count), weights: weights.slice(0, count) };
}
