import { ownInflater } from '../../../raster/tiff/inflate/inflater.ts';
import type { WasmInstance } from '../../../wasm/wasm-instance.ts';
import type { BlockWindow } from '../../block-inputs.ts';
import type { ShapeColumns } from '../../zonal-plan.ts';
import type { ZoneSums } from '../../zone-sums.ts';

/** covered, count, weight2 and sum. */
const SUMS = 4;

/**
 * Zones that lie in the module's memory from block to block, with their sums: a block is one call instead of several for each zone, in loops that
 * every thread would have compiled for ten thousand zones. A copy of their corners, which is why there is a limit to it.
 */
export class HeldZones {
  readonly #wasm: WasmInstance;
  readonly #list: Uint32Array;
  readonly #sums: Float64Array;

  private constructor(wasm: WasmInstance, list: Uint32Array, sums: Float64Array) {
    this.#wasm = wasm;
    this.#list = list;
    this.#sums = sums;
  }

  /** Undefined where there is no room: it is taken, or they are too many. `release` gives it back. */
  static hold(wasm: WasmInstance, columns: ShapeColumns): HeldZones | undefined {
    const { rooms, roomOf, pointStarts, pointEnds, ringTotals, ringEnds, ringSigns, extents } = columns;
    const zones = roomOf.length;
    const numbers = rooms.reduce((sum, { length }) => sum + length, 0);
    const byteLength =
      8 * (numbers + extents.length + SUMS * zones) + 4 * (4 * zones + ringEnds.length) + ringSigns.length;
    const taken = ownInflater()?.takeBeside(byteLength);
    if (taken === undefined) return undefined;
    const { buffer, byteOffset } = taken;
    let at = byteOffset;
    const doubles = (length: number): Float64Array => new Float64Array(buffer, (at += 8 * length) - 8 * length, length);
    const words = (length: number): Uint32Array => new Uint32Array(buffer, (at += 4 * length) - 4 * length, length);
    const starts = rooms.map(room => {
      const own = doubles(room.length);
      own.set(room);
      return own.byteOffset;
    });
    const ownExtents = doubles(extents.length);
    ownExtents.set(extents);
    const sums = doubles(SUMS * zones).fill(0);
    const corners = words(zones);
    const cornerEnds = words(zones);
    for (let zone = 0; zone < zones; zone += 1) {
      const start = starts[roomOf[zone] as number] as number;
      corners[zone] = start + 8 * (pointStarts[zone] as number);
      cornerEnds[zone] = start + 8 * (pointEnds[zone] as number);
    }
    const totals = words(zones);
    totals.set(ringTotals);
    const list = words(zones);
    const ends = words(ringEnds.length);
    ends.set(ringEnds);
    const signs = new Int8Array(buffer, at, ringSigns.length);
    signs.set(ringSigns);
    wasm.holdZones(
      ownExtents.byteOffset,
      corners.byteOffset,
      cornerEnds.byteOffset,
      totals.byteOffset,
      ends.byteOffset,
      signs.byteOffset,
      sums.byteOffset,
    );
    return new HeldZones(wasm, list, sums);
  }

  /** Sums zones over the block in hand, which lies in `window`; answers those of so many edges that they are summed better one by one. */
  add(zones: Uint32Array, { row, col, width, height }: BlockWindow, sign: number): Uint32Array {
    const list = this.#list;
    list.set(zones);
    const end = { row: row + height, col: col + width };
    const left = this.#wasm.sumZones(list.byteOffset, zones.length, row, end.row, col, end.col, sign);
    return list.subarray(0, left);
  }

  /** Sums one zone with its spread, and keeps its values: 1, 0 where it covers no cell, -1 where it has too many edges. */
  keep(zone: number, { row, col, width, height }: BlockWindow, sign: number): number {
    return this.#wasm.keepZone(zone, row, row + height, col, col + width, sign);
  }

  /** Adds all that was summed, and lets go of the zones. */
  release({ covered, count, weight2, sum }: ZoneSums): void {
    for (const [place, column] of [covered, count, weight2, sum].entries()) {
      for (let zone = 0; zone < column.length; zone += 1) {
        column[zone] = (column[zone] as number) + (this.#sums[SUMS * zone + place] as number);
      }
    }
    ownInflater()?.leaveBeside();
  }
}
