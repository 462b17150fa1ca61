import { ownWasmInstance } from '../../wasm/wasm-instance.ts';
import type { WasmInstance } from '../../wasm/wasm-instance.ts';

/** Where values go whose percentiles are looked for: in the module's memory. */
export interface SelectionRoom {
  /** Of cells wholly inside, and behind them of the others. */
  readonly values: Float64Array;
  readonly partWeights: Float64Array;
}

/** Percentiles as `percentilesOf` defines them, without a sort: in WebAssembly, of values that are brought into its memory. */
export class PercentileSelection {
  readonly #wasm: WasmInstance | undefined = ownWasmInstance();
  #room: SelectionRoom = { values: new Float64Array(0), partWeights: new Float64Array(0) };
  #fractions = new Float64Array(0);
  #wholeCount = 0;
  #partCount = 0;

  /** A room for so many values, to be filled before percentiles are asked for; undefined where there are none or too many. */
  open(wholeCount: number, partCount: number, fractionCount: number): SelectionRoom | undefined {
    const wasm = this.#wasm;
    const length = wholeCount + partCount;
    if (wasm === undefined || length === 0 || length > wasm.MAX_VALUES.value) return undefined;
    if (fractionCount > wasm.MAX_FRACTIONS.value) return undefined;
    const { buffer } = wasm.memory;
    if (this.#fractions.buffer !== buffer) {
      this.#fractions = new Float64Array(buffer, wasm.FRACTIONS.value, wasm.MAX_FRACTIONS.value);
      this.#room = {
        values: new Float64Array(buffer, wasm.VALUES.value, wasm.MAX_VALUES.value),
        partWeights: new Float64Array(buffer, wasm.PART_WEIGHTS.value, wasm.MAX_VALUES.value),
      };
    }
    this.#wholeCount = wholeCount;
    this.#partCount = partCount;
    return this.#room;
  }

  /** Of the values in the room, the least and the greatest of which are `min` and `max`; undefined where they crowd in few places. */
  percentiles(min: number, max: number, fractions: readonly number[]): Float64Array | undefined {
    if (min === max) return new Float64Array(fractions.length).fill(min);
    const found = this.#fractions;
    for (let i = 0; i < fractions.length; i += 1) found[i] = fractions[i] as number;
    const isFound = this.#wasm?.selectPercentiles(this.#wholeCount, this.#partCount, min, max, fractions.length);
    return isFound === 1 ? found.slice(0, fractions.length) : undefined;
  }
}
