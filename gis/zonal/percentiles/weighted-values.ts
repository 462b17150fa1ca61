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

/** With the places, rising, of those that are the same as the one before. */
export interface RepeatingValues extends RisingValues {
  readonly repeats: Uint32Array;
  readonly repeatCount: number;
}

export const risingList = ({ values, weights }: WeightedValues): WeightedList => ({
  values,
  weights,
  length: values.length,
});

/** Values of which some, listed beside them with their weights, weigh other than 1: equal ones joined. */
export function joinEqual({ values: all, length, repeatCount }: RepeatingValues, partly: WeightedList): WeightedValues {
  const values = new Float64Array(length - repeatCount);
  const weights = new Float64Array(values.length);
  let count = 0;
  for (let i = 0, j = 0; i < length; count += 1) {
    const value = all[i] as number;
    let weight = 0;
    for (; i < length && all[i] === value; i += 1) {
      if (j < partly.length && partly.values[j] === value) {
        weight += partly.weights[j] as number;
        j += 1;
      } else weight += 1;
    }
    values[count] = value;
    weights[count] = weight;
  }
  return { values, weights };
}

/** Two lists as one, equal values joined. */
export function joinRising(a: WeightedValues, b: WeightedValues): WeightedValues {
  const values = new Float64Array(a.values.length + b.values.length);
  const weights = new Float64Array(values.length);
  let count = 0;
  for (let i = 0, j = 0; i < a.values.length || j < b.values.length; count += 1) {
    const ofA = i < a.values.length ? (a.values[i] as number) : NaN;
    const ofB = j < b.values.length ? (b.values[j] as number) : NaN;
    const value = ofA <= ofB || ofB !== ofB ? ofA : ofB;
    let weight = 0;
    if (ofA === value) {
      weight += a.weights[i] as number;
      i += 1;
    }
    if (ofB === value) {
      weight += b.weights[j] as number;
      j += 1;
    }
    values[count] = value;
    weights[count] = weight;
  }
  return { values: values.slice(0, count), weights: weights.slice(0, count) };
}
