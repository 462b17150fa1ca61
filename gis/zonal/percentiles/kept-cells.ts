/**
 * Values of a zone where the module has written them, to be copied or used before the next zone comes: of cells wholly inside, and of others
 * behind them, with their weights. The rooms are longer than what is in them. One for all zones: a new one each was half of what keeping took.
 */
export class KeptCells {
  readonly values: Float64Array;
  readonly partWeights: Float64Array;
  wholeCount = 0;
  partCount = 0;
  min = Infinity;
  max = -Infinity;

  constructor(values: Float64Array, partWeights: Float64Array) {
    this.values = values;
    this.partWeights = partWeights;
  }

  get isEmpty(): boolean {
    return this.wholeCount + this.partCount === 0;
  }
}
