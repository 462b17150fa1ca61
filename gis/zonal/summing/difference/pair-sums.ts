import { ownWasmInstance } from '../../../wasm/wasm-instance.ts';
import type { WasmInstance } from '../../../wasm/wasm-instance.ts';
import type { BlockWindow } from '../../block-inputs.ts';
import { coverageRoom } from '../../coverage/coverage-room.ts';
import type { CoverageRoom } from '../../coverage/coverage-room.ts';
import type { CoverageRows } from '../../coverage/coverage-rows.ts';
import { KeptCells } from '../../percentiles/kept-cells.ts';
import type { ShapeColumns } from '../../zonal-plan.ts';
import type { ZoneSums } from '../../sums/zone-sums.ts';
import type { PartSums } from '../part-sums.ts';
import type { BlockGrid } from '../plan-blocks.ts';
import { HeldZones } from './held-zones.ts';
import type { ValueTaker } from './held-zones.ts';
import type { Pairs } from './pairs.ts';

/** Sums normalised differences in WebAssembly: of pairs that lie in its memory, where they were inflated to. */
export class PairSums {
  readonly #wasm: WasmInstance | undefined = ownWasmInstance();
  #room: CoverageRoom | undefined;
  #totals = new Float64Array(0);
  /** The values that `addWithSpread` has summed, until its next call; or those that are being taken. */
  kept = new KeptCells(this.#totals, this.#totals);
  #sign = 1;
  readonly #sums: ZoneSums;
  readonly #image: BlockGrid;
  #held: HeldZones | 'refused' | undefined;

  /** For what is wanted of zones over the blocks of a raster: whoever sums some of these elsewhere notes it in the sums. */
  constructor(sums: ZoneSums, image: BlockGrid) {
    this.#sums = sums;
    this.#image = image;
  }

  /** Takes a block in hand until the next one; false where it lies elsewhere. */
  open({ cells, rowStride, isLowFirst, missingLower, missingUpper, pending }: Pairs, { col }: BlockWindow): boolean {
    const wasm = this.#wasm;
    const buffer = wasm?.memory.buffer;
    if (wasm === undefined || cells.buffer !== buffer) return false;
    if (pending !== undefined && pending.ready.buffer !== buffer) return false;
    if (this.#totals.buffer !== buffer) {
      this.#totals = new Float64Array(buffer, wasm.TOTALS.value, wasm.TOTAL_COUNT.value);
      this.#room = coverageRoom(wasm);
      const most = wasm.MAX_CELLS.value;
      this.kept = new KeptCells(
        new Float64Array(buffer, wasm.VALUES.value, most),
        new Float64Array(buffer, wasm.PART_WEIGHTS.value, most),
      );
    }
    this.#sign = isLowFirst ? 1 : -1;
    wasm.openPairs(cells.byteOffset, rowStride, col, missingLower, missingUpper, pending?.ready.byteOffset ?? 0);
    return true;
  }

  /** Sums zones over the block in hand, all at once where they can be held; answers those that are to be summed one by one. */
  addTogether(zones: Uint32Array, columns: ShapeColumns | undefined, window: BlockWindow): Uint32Array {
    return this.#hold(columns, window)?.add(zones, window, this.#sign) ?? zones;
  }

  /** The same with spread, extremes and percentiles. Values that the taker takes are `kept`. */
  keepTogether(
    zones: Uint32Array,
    columns: ShapeColumns | undefined,
    window: BlockWindow,
    { take, settle }: ValueTaker,
  ): Iterable<number> {
    const taker = { settle, take: this.#readBefore(take) };
    return this.#hold(columns, window)?.keep(zones, window, this.#sign, taker) ?? zones;
  }

  #hold(columns: ShapeColumns | undefined, { width, height }: BlockWindow): HeldZones | undefined {
    const wasm = this.#wasm;
    if (wasm === undefined || columns === undefined || width * height > wasm.MAX_CELLS.value) return undefined;
    this.#held ??= HeldZones.hold(wasm, columns, this.#sums, this.#image) ?? 'refused';
    return this.#held === 'refused' ? undefined : this.#held;
  }

  /** A block of a zone was summed one by one, or row by row. Whether it was the last; undefined where that is not counted here. */
  pass(zone: number): boolean | undefined {
    return this.#holding?.pass(zone);
  }

  /** Whether values of a zone are held from blocks before. */
  has(zone: number): boolean {
    return this.#holding?.has(zone) === true;
  }

  /** Has values taken that are held of a zone; they are `kept` one after the other. */
  bring(zone: number, take: ValueTaker['take']): void {
    this.#holding?.bring(zone, this.#readBefore(take));
  }

  /** Adds what was summed together, and has values taken that are left; to be called once, at the end. */
  close(take: ValueTaker['take']): void {
    this.#holding?.release(this.#sums, this.#readBefore(take));
    this.#held = undefined;
  }

  get #holding(): HeldZones | undefined {
    return this.#held === 'refused' ? undefined : this.#held;
  }

  #readBefore(take: ValueTaker['take']): ValueTaker['take'] {
    return zone => {
      this.#readKept();
      if (!this.kept.isEmpty) take(zone);
    };
  }

  /** Adds a zone's spans in the block in hand: those that were made last, or a copy of others. */
  add(rows: CoverageRows, { row }: BlockWindow, part: PartSums): void {
    const totals = this.#totals;
    if (rows.weights.buffer !== totals.buffer) this.#bringBack(rows);
    this.#wasm?.sumPairs(rows.firstRow - row, rows.rowCount);
    part.covered += totals[0] as number;
    part.count += totals[1] as number;
    part.weight2 += totals[2] as number;
    part.sum += this.#sign * (totals[3] as number);
  }

  /** The same with spread and extremes, into an empty part. The values it was summed from are `kept` until the next call. */
  addWithSpread(rows: CoverageRows, { row }: BlockWindow, part: PartSums): void {
    if (rows.weights.buffer !== this.#totals.buffer) this.#bringBack(rows);
    this.#wasm?.keepPairs(rows.firstRow - row, rows.rowCount, this.#sign);
    this.#read(part);
  }

  #read(part: PartSums): void {
    const totals = this.#totals;
    part.covered = totals[0] as number;
    part.count = totals[1] as number;
    part.weight2 = totals[2] as number;
    part.sum = totals[3] as number;
    part.shift = totals[4] as number;
    part.first = totals[5] as number;
    part.second = totals[6] as number;
    part.min = totals[7] as number;
    part.max = totals[8] as number;
    this.#readKept();
  }

  #readKept(): void {
    const totals = this.#totals;
    const { kept } = this;
    kept.min = totals[7] as number;
    kept.max = totals[8] as number;
    kept.wholeCount = totals[9] as number;
    kept.partCount = totals[10] as number;
  }

  #bringBack({ rowStarts, starts, ends, weights }: CoverageRows): void {
    this.#room?.rowStarts.set(rowStarts);
    this.#room?.starts.set(starts);
    this.#room?.ends.set(ends);
    this.#room?.weights.set(weights);
  }
}
