import type { PackedGeometry } from '../geometry/packed.ts';
import { coveredGridPolygons } from '../geometry/repair/polygons-of-edges.ts';
import { clipRing, pairBuffer, pushPair, type PairBuffer } from './clip-ring.ts';
import { simplifyRing, simplifyWork } from './simplify-ring.ts';
import { countBorderRuns, doubledArea, pairsOf, roundPairs, tidyRing } from './tidy-ring.ts';

const MOVE_TO = 1;
const LINE_TO = 2;
const CLOSE_PATH = 15;
const command = (id: number, count: number): number => id + count * 8;
const zigzag = (value: number): number => (value << 1) ^ (value >> 31);

/** Turns packed geometries into the command words of one tile; holds the buffers that all of them share. */
export class TileGeometryWriter {
  /** The words of the last geometry; valid until the next `write`. */
  words: Uint32Array = new Uint32Array(1024);
  private length = 0;
  private penX = 0;
  private penY = 0;
  private readonly scaleX: number;
  private readonly offsetX: number;
  private readonly scaleY: number;
  private readonly offsetY: number;
  private readonly low: number;
  private readonly high: number;
  private readonly projected = pairBuffer();
  private readonly simplified = pairBuffer();
  private readonly scratch: [PairBuffer, PairBuffer] = [pairBuffer(), pairBuffer()];
  private readonly work = simplifyWork();
  /** Of the part being written. */
  private borderRuns = 0;

  constructor(z: number, x: number, y: number, extent: number, buffer: number) {
    const units = 2 ** z * extent;
    this.scaleX = units / 360;
    this.offsetX = units / 2 - x * extent;
    this.scaleY = units / (4 * Math.PI);
    this.offsetY = units / 2 - y * extent;
    this.low = -buffer;
    this.high = extent + buffer;
  }

  /** Writes a geometry; returns the number of words, 0 when nothing of it shows. */
  write(packed: PackedGeometry): number {
    this.length = 0;
    this.penX = 0;
    this.penY = 0;
    if (packed.kind === 'points') this.writePoints(packed.positions);
    else this.writePolygons(packed);
    return this.length;
  }

  private push(word: number): void {
    if (this.length === this.words.length) {
      const grown = new Uint32Array(2 * this.length);
      grown.set(this.words);
      this.words = grown;
    }
    this.words[this.length++] = word;
  }

  private moveBy(x: number, y: number): void {
    this.push(zigzag(x - this.penX));
    this.push(zigzag(y - this.penY));
    this.penX = x;
    this.penY = y;
  }

  private tileX(lng: number): number {
    return lng * this.scaleX + this.offsetX;
  }

  private tileY(lat: number): number {
    const s = Math.sin((lat * Math.PI) / 180);
    // The poles would be infinite: keep them far outside, but countable.
    const bounded = Math.max(-0.999999999, Math.min(0.999999999, s));
    return this.offsetY - Math.log((1 + bounded) / (1 - bounded)) * this.scaleY;
  }

  private writePoints(positions: Float64Array): void {
    let count = 0;
    this.push(0);
    for (let i = 0; i < positions.length; i += 2) {
      const x = this.tileX(positions[i] as number);
      const y = this.tileY(positions[i + 1] as number);
      const [column, row] = [Math.round(x), Math.round(y)];
      if (!(column >= this.low && column <= this.high && row >= this.low && row <= this.high)) continue;
      this.moveBy(column, row);
      count++;
    }
    if (count === 0) this.length = 0;
    else this.words[0] = command(MOVE_TO, count);
  }

  private writePolygons({ positions, ringEnds, partEnds }: PackedGeometry): void {
    if (this.isTiny(positions)) return;
    let ring = 0;
    let pair = 0;
    for (const partEnd of partEnds) {
      const start = { length: this.length, penX: this.penX, penY: this.penY };
      const first = { ring, pair };
      let area = 0;
      this.borderRuns = 0;
      for (let index = 0; ring < partEnd; ring++, index++) {
        const end = ringEnds[ring] as number;
        // A hole without its shell would read as the hole of the part before.
        if (index === 0) area = this.writeRing(positions, pair, end, true);
        else if (area > 0) area -= this.writeRing(positions, pair, end, false);
        pair = end;
      }
      if (area > 0 && this.borderRuns < 2) continue;
      this.length = start.length;
      this.penX = start.penX;
      this.penY = start.penY;
      if (area > 0) this.writeCleanly(positions, ringEnds, first.ring, partEnd, first.pair);
    }
  }

  /**
   * A part that crosses the border several times: clipping ring by ring leaves runs to and fro along the border, which
   * cancel when the rings are read together.
   */
  private writeCleanly(positions: Float64Array, ringEnds: Uint32Array, from: number, to: number, pair: number): void {
    const rings: [number, number][][] = [];
    let start = pair;
    for (let ring = from; ring < to; ring++) {
      const end = ringEnds[ring] as number;
      const clipped = this.clippedRing(positions, start, end);
      if (clipped !== undefined) rings.push(pairsOf(clipped));
      start = end;
    }
    for (const { shell, holes } of coveredGridPolygons([rings]) ?? []) {
      [shell, ...holes].forEach((ring, index) => {
        this.projected.count = 0;
        for (const [x, y] of ring) pushPair(this.projected, x, y);
        this.writeSimplified(this.projected, index === 0);
      });
    }
  }

  /** ST_AsMVTGeom leaves out what is less than half a unit wide and high, before anything else. */
  private isTiny(positions: Float64Array): boolean {
    const width = 0.5 / this.scaleX;
    const [lng, lat] = [positions[0] as number, positions[1] as number];
    // Most geometries show in their first few positions that they are wider.
    let [west, south, east, north] = [lng, lat, lng, lat];
    for (let i = 2; i < positions.length; i += 2) {
      const x = positions[i] as number;
      const y = positions[i + 1] as number;
      if (x < west) west = x;
      else if (x > east) east = x;
      if (y < south) south = y;
      else if (y > north) north = y;
      if (east - west >= width) return false;
    }
    return this.tileY(south) - this.tileY(north) < 0.5;
  }

  /**
   * In the order of ST_AsMVTGeom, so that the same rings survive: round to whole units, drop repeated points, clip.
   * Undefined when nothing is left.
   */
  private clippedRing(positions: Float64Array, start: number, end: number): PairBuffer | undefined {
    const { projected, low, high } = this;
    projected.count = 0;
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    // The closing pair is left out: rings are open from here on.
    for (let i = start; i < end - 1; i++) {
      const x = Math.round(this.tileX(positions[2 * i] as number));
      const y = Math.round(this.tileY(positions[2 * i + 1] as number));
      const { pairs, count } = projected;
      if (count > 0 && pairs[2 * count - 2] === x && pairs[2 * count - 1] === y) continue;
      if (x < west) west = x;
      if (x > east) east = x;
      if (y < south) south = y;
      if (y > north) north = y;
      pushPair(projected, x, y);
    }
    if (!(west <= high && east >= low && south <= high && north >= low)) return undefined;
    if (west >= low && east <= high && south >= low && north <= high) return projected;
    const clipped = clipRing(projected, low, high, this.scratch);
    roundPairs(clipped);
    this.borderRuns += countBorderRuns(clipped, low, high);
    return clipped;
  }

  /** Returns twice the area of what was written; 0 when nothing of the ring is left. */
  private writeRing(positions: Float64Array, start: number, end: number, isShell: boolean): number {
    const clipped = this.clippedRing(positions, start, end);
    return clipped === undefined ? 0 : this.writeSimplified(clipped, isShell);
  }

  /** The simplification by half a unit comes after the rounding and never takes a ring away. */
  private writeSimplified(ring: PairBuffer, isShell: boolean): number {
    const area = tidyRing(ring);
    if (area === 0) return 0;
    simplifyRing(ring, 0.5, this.simplified, this.work);
    const isGone = tidyRing(this.simplified) === 0;
    this.writeTidy(isGone ? ring : this.simplified, isShell);
    return area;
  }

  private writeTidy(ring: PairBuffer, isShell: boolean): void {
    const { pairs, count } = ring;
    // y points down in a tile: a shell has positive area there.
    const forward = doubledArea(ring) > 0 === isShell;
    this.push(command(MOVE_TO, 1));
    this.moveBy(pairs[0] as number, pairs[1] as number);
    this.push(command(LINE_TO, count - 1));
    for (let step = 1; step < count; step++) {
      const i = forward ? step : count - step;
      this.moveBy(pairs[2 * i] as number, pairs[2 * i + 1] as number);
    }
    this.push(CLOSE_PATH);
  }
}
