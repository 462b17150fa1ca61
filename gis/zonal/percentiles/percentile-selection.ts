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
  #found = new Float64Array(0);
  #wholeCount = 0;
  #partCount = 0;

  /** A room for so many values, to be filled before percentiles are asked for; undefined where there are none or too many. */
  open(wholeCount: number, partCount: number, fractionCount: number): SelectionRoom | undefined {
    const wasm = this.#wasm;
    const length = wholeCount + partCount;
    if (wasm === undefined || length === 0 || length > wasm.MAX_VALUES.value) return undefined;
    if (fractionCount > wasm.MAX_FRACTIONS.value) return undefined;
    this.#look(wasm);
    this.#wholeCount = wholeCount;
    this.#partCount = partCount;
    return this.#room;
  }

  /** Of the values in the room, the least and the greatest of which are `min` and `max`; undefined where they crowd in few places. */
  percentiles(min: number, max: number, fractions: readonly number[]): Float64Array | undefined {
    this.#fractions.set(fractions);
    const isFound = this.#wasm?.selectPercentiles(this.#wholeCount, this.#partCount, min, max, fractions.length);
    return isFound === 1 ? this.#found.slice(0, fractions.length) : undefined;
  }

  /** Those of the cells that were kept last and of no others, written to `target` from `at` on; false, and nothing done, where it cannot be so. */
  writeKept(fractions: readonly number[], target: Float64Array, at: number): boolean {
    const wasm = this.#wasm;
    if (wasm === undefined || fractions.length > wasm.MAX_FRACTIONS.value) return false;
    this.#look(wasm);
    for (let i = 0; i < fractions.length; i += 1) this.#fractions[i] = fractions[i] as number;
    if (wasm.selectKept(fractions.length) !== 1) return false;
    for (let i = 0; i < fractions.length; i += 1) target[at + i] = this.#found[i] as number;
    return true;
  }

  /** A memory that has grown is another buffer. */
  #look({ memory, VALUES, PART_WEIGHTS, FRACTIONS, PERCENTILES, MAX_VALUES, MAX_FRACTIONS }: WasmInstance): void {
    const { buffer } = memory;
    if (this.#fractions.buffer === buffer) return;
    this.#fractions = new Float64Array(buffer, FRACTIONS.value, MAX_FRACTIONS.value);
    this.#found = new Float64Array(buffer, PERCENTILES.value, MAX_FRACTIONS.value);
    this.#room = {
      values: new Float64Array(buffer, VALUES.value, MAX_VALUES.value),
      partWeights: new Float64Array(buffer, PART_WEIGHTS.value, MAX_VALUES.value),
    };
  }
}

let own: PercentileSelection | undefined;

/** All zones of a thread use the same, one after the other. */
export const ownPercentileSelection = (): PercentileSelection => (own ??= new PercentileSelection());
