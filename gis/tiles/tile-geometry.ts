import type { PackedGeometry } from '../geometry/packed.ts';
import { clipRing, pairBuffer, pushPair } from './clip-ring.ts';
import { simplifyRing, simplifyWork } from './simplify-ring.ts';

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
  private readonly scratch: [ReturnType<typeof pairBuffer>, ReturnType<typeof pairBuffer>] = [
    pairBuffer(),
    pairBuffer(),
  ];
  private readonly work = simplifyWork();
  private rounded = new Int32Array(512);

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
      if (!(x >= this.low && x <= this.high && y >= this.low && y <= this.high)) continue;
      this.moveBy(Math.round(x), Math.round(y));
      count++;
    }
    if (count === 0) this.length = 0;
    else this.words[0] = command(MOVE_TO, count);
  }

  private writePolygons({ positions, ringEnds, partEnds }: PackedGeometry): void {
    let ring = 0;
    let pair = 0;
    for (const partEnd of partEnds) {
      let shellShows = true;
      for (let index = 0; ring < partEnd; ring++, index++) {
        const end = ringEnds[ring] as number;
        // A hole without its shell would read as the hole of the part before.
        if (shellShows) {
          const shows = this.writeRing(positions, pair, end, index === 0);
          if (index === 0) shellShows = shows;
        }
        pair = end;
      }
    }
  }

  private writeRing(positions: Float64Array, start: number, end: number, isShell: boolean): boolean {
    const { projected, low, high } = this;
    projected.count = 0;
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    // The closing pair is left out: rings are open from here on.
    for (let i = start; i < end - 1; i++) {
      const x = this.tileX(positions[2 * i] as number);
      const y = this.tileY(positions[2 * i + 1] as number);
      if (x < west) west = x;
      if (x > east) east = x;
      if (y < south) south = y;
      if (y > north) north = y;
      pushPair(projected, x, y);
    }
    if (!(west <= high && east >= low && south <= high && north >= low)) return false;
    if (east - west < 0.5 && north - south < 0.5) return false;
    const fits = west >= low && east <= high && south >= low && north <= high;
    const clipped = fits ? projected : clipRing(projected, low, high, this.scratch);
    simplifyRing(clipped, 0.5, this.simplified, this.work);
    return this.writeRounded(isShell);
  }

  /** Rounds, drops repeated points, turns the ring the right way and writes it, unless no area is left. */
  private writeRounded(isShell: boolean): boolean {
    const { pairs, count } = this.simplified;
    if (this.rounded.length < 2 * count) this.rounded = new Int32Array(4 * count);
    const { rounded } = this;
    let kept = 0;
    for (let i = 0; i < count; i++) {
      const x = Math.round(pairs[2 * i] as number);
      const y = Math.round(pairs[2 * i + 1] as number);
      if (kept > 0 && rounded[2 * kept - 2] === x && rounded[2 * kept - 1] === y) continue;
      // A point that goes straight back to the one before last is a spike.
      if (kept > 1 && rounded[2 * kept - 4] === x && rounded[2 * kept - 3] === y) {
        kept--;
        continue;
      }
      rounded[2 * kept] = x;
      rounded[2 * kept + 1] = y;
      kept++;
    }
    while (kept > 1 && rounded[0] === rounded[2 * kept - 2] && rounded[1] === rounded[2 * kept - 1]) kept--;
    if (kept < 3) return false;
    let doubled = 0;
    for (let i = 0, j = kept - 1; i < kept; j = i++) {
      doubled +=
        (rounded[2 * j] as number) * (rounded[2 * i + 1] as number) -
        (rounded[2 * i] as number) * (rounded[2 * j + 1] as number);
    }
    if (doubled === 0) return false;
    // y points down in a tile: a shell has positive area there.
    const forward = doubled > 0 === isShell;
    this.push(command(MOVE_TO, 1));
    this.moveBy(rounded[0] as number, rounded[1] as number);
    this.push(command(LINE_TO, kept - 1));
    for (let step = 1; step < kept; step++) {
      const i = forward ? step : kept - step;
      this.moveBy(rounded[2 * i] as number, rounded[2 * i + 1] as number);
    }
    this.push(CLOSE_PATH);
    return true;
  }
}
