import type { WasmInstance } from '../../wasm/wasm-instance.ts';
import type { CoverageRows } from './coverage-rows.ts';

/** Where coverage is made: corners go in, spans come out. As they lie in the module's memory until that grows, which gives it another buffer. */
export interface CoverageRoom extends Pick<CoverageRows, 'rowStarts' | 'starts' | 'ends' | 'weights'> {
  /** u and v of each corner. */
  readonly points: Float64Array;
}

export function coverageRoom(wasm: WasmInstance): CoverageRoom {
  const { buffer } = wasm.memory;
  const most = wasm.MAX_CELLS.value;
  return {
    points: new Float64Array(buffer, wasm.POINTS.value, 2 * wasm.MAX_POINTS.value),
    rowStarts: new Uint32Array(buffer, wasm.ROW_STARTS.value, most + 1),
    starts: new Int32Array(buffer, wasm.STARTS.value, most),
    ends: new Int32Array(buffer, wasm.ENDS.value, most),
    weights: new Float64Array(buffer, wasm.WEIGHTS.value, most),
  };
}
