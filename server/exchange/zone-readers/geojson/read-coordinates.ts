import type { PackedGeometry } from '../../../../gis/geometry/packed.ts';
import { numberText, readNumber } from './parse-number.ts';
import type { NumberText } from './parse-number.ts';

const OPEN = 0x5b;
const CLOSE = 0x5d;
const COMMA = 0x2c;
const BLANK = 0x20;
const POOL_NUMBERS = 1 << 16;

/** Coordinates of a Polygon (`depth` 3) or a MultiPolygon (4), and where their text ends. */
export interface ReadCoordinates {
  readonly geometry: PackedGeometry;
  readonly depth: number;
  readonly end: number;
}

/** Reads nested arrays of numbers straight into packed rings. One instance serves one file; what it has read is good until `reset`. */
export class CoordinateReader {
  private positions = new Float64Array(POOL_NUMBERS);
  private used = 0;
  private pool = new Float64Array(POOL_NUMBERS);
  private poolUsed = 0;
  private text = numberText(Buffer.alloc(0));

  /**
   * The coordinates whose first bracket is at `from`; undefined where they are anything else than rings of positions of two numbers or more,
   * all equally deep: who asks has to find out what is wrong with them.
   */
  read(bytes: Buffer, from: number, to: number): ReadCoordinates | undefined {
    if (this.text.bytes !== bytes) this.text = numberText(bytes);
    const { text } = this;
    const ringEnds: number[] = [];
    const partEnds: number[] = [];
    this.used = 0;
    let depth = 0;
    let deepest = 0;
    /** Numbers met in the position in hand. */
    let inPosition = 0;
    let wantsValue = true;
    for (let at = from; at < to;) {
      const byte = bytes[at] as number;
      if (byte === BLANK || byte === 0x0a || byte === 0x0d || byte === 0x09) at += 1;
      else if (byte === COMMA) {
        if (wantsValue || depth === 0) return undefined;
        wantsValue = true;
        at += 1;
      } else if (byte === OPEN) {
        if (!wantsValue || (deepest > 0 && depth >= deepest)) return undefined;
        if (deepest > 0 && depth === deepest - 1) {
          const end = this.readRun(text, at, to);
          if (end > at) {
            at = end;
            wantsValue = false;
            continue;
          }
        }
        depth += 1;
        inPosition = 0;
        at += 1;
      } else if (byte === CLOSE) {
        if (wantsValue) return undefined;
        if (depth === deepest) {
          if (inPosition < 2) return undefined;
        } else if (depth === deepest - 1) ringEnds.push(this.used / 2);
        else if (depth === deepest - 2) partEnds.push(ringEnds.length);
        depth -= 1;
        at += 1;
        if (depth === 0) return this.finish(ringEnds, partEnds, deepest, at);
      } else {
        this.makeRoom();
        const end = wantsValue ? readNumber(text, at, to, this.positions, this.used) : -1;
        if (end < 0) return undefined;
        if (deepest === 0) deepest = depth;
        if (depth !== deepest || depth < 3 || depth > 4) return undefined;
        if (inPosition < 2) this.used += 1;
        inPosition += 1;
        wantsValue = false;
        at = end;
        continue;
      }
      if (byte === CLOSE) wantsValue = false;
    }
    return undefined;
  }

  /**
   * Positions of two numbers as writers set them, one after the other with a blank or none between: nearly all there is. The first one opens
   * at `from`; answers where the last one ended that is so written, `from` where none is.
   */
  private readRun(text: NumberText, from: number, to: number): number {
    const { bytes } = text;
    let end = from;
    for (let at = from; ;) {
      this.makeRoom();
      at = readNumber(text, afterBlank(bytes, at + 1), to, this.positions, this.used);
      if (at < 0 || bytes[at] !== COMMA) return end;
      at = readNumber(text, afterBlank(bytes, at + 1), to, this.positions, this.used + 1);
      if (at < 0) return end;
      at = afterBlank(bytes, at);
      if (at >= to || bytes[at] !== CLOSE) return end;
      this.used += 2;
      end = at + 1;
      if (bytes[end] !== COMMA) return end;
      at = afterBlank(bytes, end + 1);
      if (at >= to || bytes[at] !== OPEN) return end;
    }
  }

  /** For a position more. */
  private makeRoom(): void {
    if (this.used + 2 <= this.positions.length) return;
    const bigger = new Float64Array(this.positions.length * 2);
    bigger.set(this.positions);
    this.positions = bigger;
  }

  private finish(
    ringEnds: readonly number[],
    partEnds: readonly number[],
    depth: number,
    end: number,
  ): ReadCoordinates {
    const geometry: PackedGeometry = {
      kind: 'polygons',
      positions: this.keep(),
      ringEnds: Uint32Array.from(ringEnds),
      partEnds: Uint32Array.from(partEnds),
    };
    return { geometry, depth, end };
  }

  /** Lets go of all that was read. */
  reset(): void {
    this.poolUsed = 0;
  }

  private keep(): Float64Array {
    const { used } = this;
    if (this.poolUsed + used > this.pool.length) {
      this.pool = new Float64Array(Math.max(2 * this.pool.length, used));
      this.poolUsed = 0;
    }
    const kept = this.pool.subarray(this.poolUsed, this.poolUsed + used);
    kept.set(this.positions.subarray(0, used));
    this.poolUsed += used;
    return kept;
  }
}

const afterBlank = (bytes: Buffer, at: number): number => (bytes[at] === BLANK ? at + 1 : at);
