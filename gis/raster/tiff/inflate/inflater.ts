import type { DeflatedBlock, InflatedBlock, PredictedRows } from './deflated-block.ts';
import { createWasmInstance, ownWasmInstance } from '../../../wasm/wasm-instance.ts';
import type { WasmInstance } from '../../../wasm/wasm-instance.ts';

/** Inflates in WebAssembly, into rooms of its memory that it lends. */
export interface Inflater {
  /**
   * One block or two side by side, which takes little longer than one; undefined for what is corrupt. Nothing at all is answered where the
   * streams are too large, or too many rooms are lent out.
   */
  inflate(blocks: readonly DeflatedBlock[]): readonly (InflatedBlock | undefined)[] | undefined;
  /** A room for compressed bytes: from there they are inflated without being copied first. Undefined where none is free or large enough. */
  takeInput(byteLength: number): Uint8Array | undefined;
  /** Gives back what was taken, or a part of it; other bytes than those are nothing to it. */
  leaveInput(bytes: Uint8Array): void;
  /** The one room that is neither read to nor inflated to: for what is looked at beside blocks, from one block to another. */
  takeBeside(byteLength: number): Uint8Array | undefined;
  leaveBeside(): void;
}

/** Of a stream, compressed and not. */
const MAX_BYTES = 4 << 20;
/** Two for two blocks at a time; twice that for rasters that keep two bands apart, and for as many that are read meanwhile. */
const ROOM_COUNT = 8;
/** A stream may hold a little more than its block: the reader cuts it off. */
const TOLERANCE = 64;
/** Words are read and written across the ends of input and output. */
const MARGIN = 64;
const INPUT_BYTES = MAX_BYTES + MARGIN;
const OUTPUT_BYTES = MAX_BYTES + TOLERANCE + MARGIN;
/** A number for each row whose predictor can be undone: it has sixteen bytes at least. */
const ROWS_BYTES = MAX_BYTES / 4;
/** A row of floats is put in order here. */
const SPARE_BYTES = 256 << 10;
/** Of the room beside. */
export const BESIDE_BYTES = 24 << 20;
const PAGE = 65536;
const ALL = 2 ** 31;

/** Undefined where the host refuses WebAssembly. One inflater to a memory: rooms that two lend would lie on each other. */
export function createInflater(instance: WasmInstance | undefined = createWasmInstance()): Inflater | undefined {
  return instance && inflaterOf(instance);
}

let own: Inflater | undefined;

/** The one of this thread, in the memory in which blocks are summed. */
export const ownInflater = (): Inflater | undefined => (own ??= createInflater(ownWasmInstance()));

/** Rooms of one size, one behind the other; the first that is free is lent. */
class Rooms {
  readonly #start: number;
  readonly #eachBytes: number;
  readonly #isLent = Array.from({ length: ROOM_COUNT }, () => false);
  readonly end: number;

  constructor(start: number, eachBytes: number) {
    this.#start = start;
    this.#eachBytes = eachBytes;
    this.end = start + ROOM_COUNT * eachBytes;
  }

  /** Its address. */
  take(): number | undefined {
    const room = this.#isLent.indexOf(false);
    if (room < 0) return undefined;
    this.#isLent[room] = true;
    return this.#start + room * this.#eachBytes;
  }

  leave(address: number): void {
    if (address >= this.#start && address < this.end) {
      this.#isLent[Math.floor((address - this.#start) / this.#eachBytes)] = false;
    }
  }
}

/** Undefined where there is no memory. It is claimed once, for a memory that grows takes all views of it away, and used as far as bytes come. */
function inflaterOf(module: WasmInstance): Inflater | undefined {
  const { memory } = module;
  const streams = [module.A.value, module.B.value] as const;
  const spare = module.FREE.value;
  // What is written to has to lie below 64 MB: the fast loops keep its address in 26 bits.
  const outputs = new Rooms(spare + SPARE_BYTES, OUTPUT_BYTES + ROWS_BYTES);
  const inputs = new Rooms(outputs.end, INPUT_BYTES);
  /** Streams that lie elsewhere are copied to a room of their own: readers may have taken all of the others. */
  const copyOf = (stream: number): number => inputs.end + stream * INPUT_BYTES;
  const beside = copyOf(streams.length);
  let isBesideTaken = false;
  if (!growTo(memory, beside + BESIDE_BYTES)) return undefined;
  const { buffer } = memory;

  const lend = (stream: number, room: number, predicted: PredictedRows | undefined): InflatedBlock | undefined => {
    const length = module.written(stream);
    if (length < 0) {
      outputs.leave(room);
      return undefined;
    }
    let isOver = false;
    const giveBack = (): void => {
      if (!isOver) outputs.leave(room);
      isOver = true;
    };
    const bytes = new Uint8Array(buffer, room, length);
    if (predicted === undefined || !canUndo(predicted) || !hasRows(predicted, length)) return { bytes, giveBack };
    const undoRow = (row: number): void => {
      if (!isOver) undo(module, room + row * predicted.rowBytes, predicted, spare);
    };
    const goodCells = new Uint32Array(buffer, room + OUTPUT_BYTES, predicted.rows).fill(0);
    return { bytes, pending: { goodCells, undoRow }, giveBack };
  };

  const open = (stream: number, room: number, { compressed, expectedBytes, wantedBytes }: DeflatedBlock): void => {
    const isHere = compressed.buffer === buffer;
    const input = isHere ? compressed.byteOffset : copyOf(stream);
    if (!isHere) new Uint8Array(buffer, input, compressed.length).set(compressed);
    const wanted = wantedBytes < expectedBytes ? wantedBytes : ALL;
    module.open(streams[stream] as number, input, compressed.length, room, expectedBytes + TOLERANCE, wanted);
  };

  return {
    takeInput(byteLength) {
      const room = byteLength > MAX_BYTES ? undefined : inputs.take();
      return room === undefined ? undefined : new Uint8Array(buffer, room, byteLength);
    },
    leaveInput(bytes) {
      if (bytes.buffer === buffer) inputs.leave(bytes.byteOffset);
    },
    takeBeside(byteLength) {
      if (isBesideTaken || byteLength > BESIDE_BYTES) return undefined;
      isBesideTaken = true;
      return new Uint8Array(buffer, beside, byteLength);
    },
    leaveBeside() {
      isBesideTaken = false;
    },
    inflate(blocks) {
      const isTooLarge = blocks.some(
        ({ compressed, expectedBytes }) => compressed.length > MAX_BYTES || expectedBytes > MAX_BYTES,
      );
      if (isTooLarge || blocks.length > streams.length) return undefined;
      const rooms: number[] = [];
      for (const [i, block] of blocks.entries()) {
        const room = outputs.take();
        if (room === undefined) {
          for (const taken of rooms) outputs.leave(taken);
          return undefined;
        }
        rooms.push(room);
        open(i, room, block);
      }
      if (blocks.length === 2) module.inflateBoth();
      else module.inflateOne(streams[0]);
      return blocks.map(({ predicted }, i) => lend(streams[i] as number, rooms[i] as number, predicted));
    },
  };
}

function growTo(memory: WasmInstance['memory'], bytes: number): boolean {
  const missing = bytes - memory.buffer.byteLength;
  try {
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    return true;
  } catch {
    return false;
  }
}

const hasRows = ({ rows, rowBytes }: PredictedRows, length: number): boolean => length >= rows * rowBytes;

/** Sixteen bytes are undone at a time: cells have to fit in them, and rows (or the planes of one) to consist of them. */
function canUndo({ predictor, sampleBytes, samplesPerCell, rowBytes }: PredictedRows): boolean {
  if (predictor === 3) {
    return sampleBytes === 4 && rowBytes % 64 === 0 && samplesPerCell <= 16 && rowBytes <= SPARE_BYTES;
  }
  return sampleBytes <= 4 && rowBytes % 16 === 0 && sampleBytes * samplesPerCell <= 16;
}

/** One row. */
function undo(module: WasmInstance, at: number, predicted: PredictedRows, spare: number): void {
  const { predictor, sampleBytes, samplesPerCell, rowBytes } = predicted;
  if (predictor === 3) module.undoFloats(at, rowBytes / 4, 1, samplesPerCell, spare);
  else module.undoDifferences(at, rowBytes, 1, sampleBytes * samplesPerCell, sampleBytes);
}
