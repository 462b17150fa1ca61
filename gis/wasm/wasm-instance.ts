import { WASM_MODULE } from './wasm-module.ts';

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

interface Address {
  readonly value: number;
}

/** What `assembly/index.ts` exports; said there. */
export interface WasmInstance {
  readonly memory: Memory;
  readonly FREE: Address;
  readonly A: Address;
  readonly B: Address;
  open(stream: number, input: number, inputBytes: number, output: number, outputBytes: number, wanted: number): void;
  inflateOne(stream: number): void;
  inflateBoth(): void;
  written(stream: number): number;
  undoDifferences(at: number, rowBytes: number, rows: number, cellBytes: number, sampleBytes: number): void;
  undoFloats(at: number, rowSamples: number, rows: number, samplesPerCell: number, spare: number): void;
  readonly POINTS: Address;
  readonly MAX_POINTS: Address;
  readonly MAX_CELLS: Address;
  readonly ROW_STARTS: Address;
  readonly STARTS: Address;
  readonly ENDS: Address;
  readonly WEIGHTS: Address;
  openWindow(u: number, v: number, columns: number, rows: number): void;
  addLine(first: number, last: number, sign: number): void;
  addRing(from: number, to: number, sign: number): void;
  sweep(firstCol: number): number;
  readonly TOTALS: Address;
  readonly TOTAL_COUNT: Address;
  openPairs(at: number, stride: number, column: number, lower: number, upper: number, undone: number): void;
  sumPairs(row: number, rows: number): void;
  holdZones(
    extents: number,
    corners: number,
    cornerEnds: number,
    ringTotals: number,
    ringEnds: number,
    ringSigns: number,
  ): void;
  sumZones(
    list: number,
    count: number,
    firstRow: number,
    endRow: number,
    firstCol: number,
    endCol: number,
    sign: number,
    to: number,
  ): number;
  openSpreads(sums: number, percentiles: number, fractions: number, blocksLeft: number): void;
  readonly SPREAD_NUMBERS: Address;
  readonly RECORD_WORDS: Address;
  openValues(records: number, chunks: number, bytes: number): void;
  bringKept(zone: number): number;
  keepZones(
    list: number,
    from: number,
    count: number,
    firstRow: number,
    endRow: number,
    firstCol: number,
    endCol: number,
    sign: number,
  ): number;
  keepPairs(row: number, rows: number, sign: number): void;
  readonly FRACTIONS: Address;
  readonly PERCENTILES: Address;
  readonly MAX_FRACTIONS: Address;
  readonly VALUES: Address;
  readonly MAX_VALUES: Address;
  readonly PART_WEIGHTS: Address;
  selectKept(fractions: number): number;
  selectPercentiles(whole: number, parts: number, least: number, greatest: number, fractions: number): number;
  readonly MAX_TEXT: Address;
  readonly MAX_FEATURES: Address;
  readonly TEXT: Address;
  readonly REST: Address;
  readonly POSITIONS: Address;
  readonly EXTENTS: Address;
  readonly FROMS: Address;
  readonly TOS: Address;
  readonly NUMBERS: Address;
  readonly RINGS: Address;
  readonly PARTS: Address;
  readonly RING_ENDS: Address;
  readonly PART_ENDS: Address;
  readonly DEPTHS: Address;
  readonly PLACES: Address;
  readonly RING_SIGNS: Address;
  readFeatures(bytes: number): number;
  readBytes(): number;
  restBytes(): number;
  placeFeatures(
    count: number,
    west: number,
    north: number,
    cellWidth: number,
    cellHeight: number,
    columns: number,
    turn: number,
  ): void;
}

// Every host of the core has these two; their types come with none of them alone.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: unknown };
};
declare const atob: (text: string) => string;

/** A memory of its own. Undefined where the host refuses WebAssembly, or vectors in it. */
export function createWasmInstance(): WasmInstance | undefined {
  try {
    const letters = atob(WASM_MODULE);
    const bytes = new Uint8Array(letters.length);
    for (let i = 0; i < bytes.length; i += 1) bytes[i] = letters.charCodeAt(i);
    return new WebAssembly.Instance(new WebAssembly.Module(bytes), {}).exports as WasmInstance;
  } catch {
    return undefined;
  }
}

let own: { readonly instance: WasmInstance | undefined } | undefined;

/** The one of this thread, made when it is first needed: what is inflated in it can be summed in it. */
export function ownWasmInstance(): WasmInstance | undefined {
  own ??= { instance: createWasmInstance() };
  return own.instance;
}
