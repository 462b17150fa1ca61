import type { WasmInstance } from './wasm-instance.ts';

/** Where cells lie, as a raster's grid has it. */
interface Grid {
  readonly width: number;
  readonly originX: number;
  readonly originY: number;
  readonly cellWidth: number;
  readonly cellHeight: number;
}

/** Features of a text of GeoJSON whose coordinates are read in WebAssembly; what was read of a text is good until the next one. */
export class FeatureTable {
  /** More of a text is not looked at. */
  readonly maxBytes: number;
  #length = 0;
  #readBytes = 0;
  readonly #wasm: WasmInstance;
  #views: ReturnType<typeof viewsOf>;

  constructor(wasm: WasmInstance) {
    this.#wasm = wasm;
    this.#views = viewsOf(wasm);
    this.maxBytes = wasm.MAX_TEXT.value;
  }

  /** How many features there are. */
  get length(): number {
    return this.#length;
  }

  /** Bytes of the text up to the end of the last of them. */
  get readBytes(): number {
    return this.#readBytes;
  }

  /** Reads the features, with commas between them, that are whole. */
  read(text: Uint8Array): void {
    const wasm = this.#wasm;
    if (this.#views.text.buffer !== wasm.memory.buffer) this.#views = viewsOf(wasm);
    const bytes = Math.min(text.length, this.maxBytes);
    this.#views.text.set(bytes < text.length ? text.subarray(0, bytes) : text);
    this.#length = wasm.readFeatures(bytes);
    this.#readBytes = wasm.readBytes();
  }

  /** JSON of the features as one array: `"\u0000"` stands for coordinates that were read, 0 for a feature of which none were. */
  get rest(): Uint8Array {
    return this.#views.rest.subarray(0, this.#wasm.restBytes());
  }

  /** Where in the text a feature lies. */
  placeOf(feature: number): [from: number, to: number] {
    return [this.#views.froms[feature] as number, this.#views.tos[feature] as number];
  }

  /** 3 where a feature has the coordinates of a Polygon, 4 of a MultiPolygon, 0 where none were read: they are something else, or rarely written so. */
  depthOf(feature: number): number {
    return this.#views.depths[feature] as number;
  }

  /** How many numbers, rings and parts the features before this one have. */
  numbersBefore(feature: number): number {
    return feature === 0 ? 0 : (this.#views.numbers[feature - 1] as number);
  }

  ringsBefore(feature: number): number {
    return feature === 0 ? 0 : (this.#views.rings[feature - 1] as number);
  }

  /** The coordinates of a feature, where it has some. Nothing of them is a copy. */
  coordinatesOf(feature: number): { positions: Float64Array; ringEnds: Uint32Array; partEnds: Uint32Array } {
    const { parts, partEnds } = this.#views;
    return {
      positions: this.positionsOf(feature, feature + 1),
      ringEnds: this.ringEndsOf(feature, feature + 1),
      partEnds: partEnds.subarray(feature === 0 ? 0 : parts[feature - 1], parts[feature]),
    };
  }

  /** Brings all features onto a grid; `turn` = columns of a turn round the Earth, infinite where there is none. */
  place({ width, originX, originY, cellWidth, cellHeight }: Grid, turn: number): void {
    this.#wasm.placeFeatures(this.#length, originX, originY, cellWidth, cellHeight, width, turn);
  }

  /** False for a feature that could not be brought there so: without an area, say, or over the date line. */
  isPlaced(feature: number): boolean {
    return this.#views.places[feature] === 1;
  }

  /** Of features `[from, to)`: u and v of their corners once they are placed, x and y before. */
  positionsOf(from: number, to: number): Float64Array {
    return this.#views.positions.subarray(this.numbersBefore(from), this.numbersBefore(to));
  }

  /** Corners of each ring up to its end, counted within its feature. */
  ringEndsOf(from: number, to: number): Uint32Array {
    return this.#views.ringEnds.subarray(this.ringsBefore(from), this.ringsBefore(to));
  }

  /** 1 for a ring that adds as it is wound, -1 for one that takes away. */
  ringSignsOf(from: number, to: number): Int8Array {
    return this.#views.ringSigns.subarray(this.ringsBefore(from), this.ringsBefore(to));
  }

  /** minU, maxU, minV, maxV and the area in cells of each. */
  extentsOf(from: number, to: number): Float64Array {
    return this.#views.extents.subarray(5 * from, 5 * to);
  }
}

function viewsOf(wasm: WasmInstance) {
  const { buffer } = wasm.memory;
  const features = wasm.MAX_FEATURES.value;
  const text = wasm.MAX_TEXT.value;
  const words = (at: { readonly value: number }, count: number) => new Uint32Array(buffer, at.value, count);
  return {
    text: new Uint8Array(buffer, wasm.TEXT.value, text),
    rest: new Uint8Array(buffer, wasm.REST.value, text),
    positions: new Float64Array(buffer, wasm.POSITIONS.value, text / 2),
    extents: new Float64Array(buffer, wasm.EXTENTS.value, 5 * features),
    froms: words(wasm.FROMS, features),
    tos: words(wasm.TOS, features),
    numbers: words(wasm.NUMBERS, features),
    rings: words(wasm.RINGS, features),
    parts: words(wasm.PARTS, features),
    ringEnds: words(wasm.RING_ENDS, text / 8),
    partEnds: words(wasm.PART_ENDS, text / 8),
    depths: new Uint8Array(buffer, wasm.DEPTHS.value, features),
    places: new Uint8Array(buffer, wasm.PLACES.value, features),
    ringSigns: new Int8Array(buffer, wasm.RING_SIGNS.value, text / 8),
  };
}
