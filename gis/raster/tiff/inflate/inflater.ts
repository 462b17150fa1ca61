import type { DeflatedBlock, InflatedBlock, PredictedRows } from './deflated-block.ts';
import { createWasmInstance, ownWasmInstance } from '../../../wasm/wasm-instance.ts';
import type { WasmInstance } from '../../../wasm/wasm-instance.ts';

/** Inflates in WebAssembly, into rooms of its memory that it lends. */
export interface Inflater {
  /**
   * One block or two side by side, which takes little longer than one; undefined for what is corrupt. Nothing at all is answered where the
   * streams are too large, or too many rooms are lent out: the memory cannot grow while somebody reads it.
   */
  inflate(blocks: readonly DeflatedBlock[]): readonly (InflatedBlock | undefined)[] | undefined;
}

/** Of a stream, compressed and not. */
const MAX_BYTES = 4 << 20;
/** Two for two blocks at a time; twice that for rasters that keep two bands apart. */
const MAX_ROOMS = 8;
/** A stream may hold a little more than its block: the reader cuts it off. */
const TOLERANCE = 64;
/** Words are read and written across the ends of input and output. */
const MARGIN = 64;
const PAGE = 65536;
const ALL = 2 ** 31;

/** Undefined where the host refuses WebAssembly. One inflater to a memory: rooms that two lend would lie on each other. */
export function createInflater(instance: WasmInstance | undefined = createWasmInstance()): Inflater | undefined {
  return instance && inflaterOf(instance);
}

let own: Inflater | undefined;

/** The one of this thread, in the memory in which blocks are summed. */
export const ownInflater = (): Inflater | undefined => (own ??= createInflater(ownWasmInstance()));

interface Room {
  readonly address: number;
  isLent: boolean;
}

function inflaterOf(module: WasmInstance): Inflater {
  const { memory } = module;
  const streams = [module.A.value, module.B.value] as const;
  let inputBytes = 0;
  let roomBytes = 0;
  let mostRows = 0;
  let rooms: Room[] = [];
  let wantedRooms = 2;
  const inputOf = (index: number): number => module.FREE.value + index * inputBytes;

  /** Makes room where there is none, unless somebody reads what lies in the memory. */
  const hasRoom = (forInput: number, forOutput: number, forRows: number, count: number): boolean => {
    const lent = rooms.filter(({ isLent }) => isLent).length;
    const isEnough = forInput <= inputBytes && forOutput <= roomBytes && forRows <= mostRows;
    if (isEnough && rooms.length - lent >= count) return true;
    wantedRooms = Math.min(MAX_ROOMS, Math.max(wantedRooms, lent + count));
    if (lent > 0) return false;
    rooms = [];
    inputBytes = Math.max(inputBytes, forInput);
    roomBytes = Math.max(roomBytes, forOutput);
    mostRows = Math.max(mostRows, forRows);
    const firstRoom = inputOf(streams.length);
    const eachBytes = roomBytes + 4 * mostRows;
    if (!growTo(memory, firstRoom + wantedRooms * eachBytes)) return false;
    rooms = Array.from({ length: wantedRooms }, (_, i) => ({ address: firstRoom + i * eachBytes, isLent: false }));
    return true;
  };

  const lend = (
    stream: number,
    room: Room,
    input: number,
    predicted: PredictedRows | undefined,
  ): InflatedBlock | undefined => {
    const length = module.written(stream);
    if (length < 0) return undefined;
    room.isLent = true;
    let isOver = false;
    const giveBack = (): void => {
      if (!isOver) room.isLent = false;
      isOver = true;
    };
    const bytes = new Uint8Array(memory.buffer, room.address, length);
    if (predicted === undefined || !canUndo(predicted, inputBytes) || !hasRows(predicted, length))
      return { bytes, giveBack };
    const undoRow = (row: number): void => {
      if (!isOver) undo(module, room.address + row * predicted.rowBytes, predicted, input);
    };
    const goodCells = new Uint32Array(memory.buffer, room.address + roomBytes, predicted.rows).fill(0);
    return { bytes, pending: { goodCells, undoRow }, giveBack };
  };

  return {
    inflate(blocks) {
      const most = (bytesOf: (block: DeflatedBlock) => number): number => Math.max(...blocks.map(bytesOf));
      const forInput = most(({ compressed }) => compressed.length);
      const forOutput = most(({ expectedBytes }) => expectedBytes);
      if (blocks.length > streams.length || forInput > MAX_BYTES || forOutput > MAX_BYTES) return undefined;
      const forRows = most(({ predicted }) => (predicted && canUndo(predicted, Infinity) ? predicted.rows : 0));
      if (!hasRoom(spaced(forInput), spaced(forOutput + TOLERANCE), spaced(forRows), blocks.length)) return undefined;
      const bytes = new Uint8Array(memory.buffer);
      const free = rooms.filter(({ isLent }) => !isLent);
      const opened = blocks.map(({ compressed, expectedBytes, wantedBytes, predicted }, i) => {
        const [stream, room, input] = [streams[i] as number, free[i] as Room, inputOf(i)];
        bytes.set(compressed, input);
        const wanted = wantedBytes < expectedBytes ? wantedBytes : ALL;
        module.open(stream, input, compressed.length, room.address, expectedBytes + TOLERANCE, wanted);
        return { stream, room, input, predicted };
      });
      if (blocks.length === 2) module.inflateBoth();
      else module.inflateOne(streams[0]);
      return opened.map(({ stream, room, input, predicted }) => lend(stream, room, input, predicted));
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

const spaced = (bytes: number): number => Math.ceil((bytes + MARGIN) / MARGIN) * MARGIN;

const hasRows = ({ rows, rowBytes }: PredictedRows, length: number): boolean => length >= rows * rowBytes;

/** Sixteen bytes are undone at a time: cells have to fit in them, and rows (or the planes of one) to consist of them. */
function canUndo({ predictor, sampleBytes, samplesPerCell, rowBytes }: PredictedRows, spareBytes: number): boolean {
  if (predictor === 3) {
    return sampleBytes === 4 && rowBytes % 64 === 0 && samplesPerCell <= 16 && rowBytes <= spareBytes;
  }
  return sampleBytes <= 4 && rowBytes % 16 === 0 && sampleBytes * samplesPerCell <= 16;
}

/** One row. What was compressed has been read: a row of floats is put in order where it lay. */
function undo(module: WasmInstance, at: number, predicted: PredictedRows, spare: number): void {
  const { predictor, sampleBytes, samplesPerCell, rowBytes } = predicted;
  if (predictor === 3) module.undoFloats(at, rowBytes / 4, 1, samplesPerCell, spare);
  else module.undoDifferences(at, rowBytes, 1, sampleBytes * samplesPerCell, sampleBytes);
}
