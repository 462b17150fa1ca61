import { orientation } from './orientation.ts';

export type Location = 'inside' | 'outside' | 'boundary';

/**
 * Tells where points lie relative to one ring, exactly, by counting crossings of a ray to the east. Edges are sorted
 * into bands of y so that many points against a long ring stay cheap. A ring that crosses itself is read even-odd.
 */
export class RingLocator {
  private readonly positions: Float64Array;
  private readonly count: number;
  private readonly south: number;
  private readonly north: number;
  private readonly bandCount: number;
  private readonly bandStarts: Uint32Array;
  private readonly bandEdges: Uint32Array;

  /** `open`: `x, y` pairs without the closing one. */
  constructor(open: Float64Array) {
    this.positions = open;
    this.count = open.length / 2;
    let [south, north] = [Infinity, -Infinity];
    for (let i = 1; i < open.length; i += 2) {
      south = Math.min(south, open[i] as number);
      north = Math.max(north, open[i] as number);
    }
    this.south = south;
    this.north = north;
    this.bandCount = Math.max(1, Math.min(4096, this.count >> 2));
    this.bandStarts = new Uint32Array(this.bandCount + 1);
    for (let edge = 0; edge < this.count; edge++) {
      const [low, high] = this.bandsOf(edge);
      for (let band = low; band <= high; band++) (this.bandStarts[band + 1] as number)++;
    }
    for (let band = 0; band < this.bandCount; band++) {
      this.bandStarts[band + 1] = (this.bandStarts[band + 1] as number) + (this.bandStarts[band] as number);
    }
    this.bandEdges = new Uint32Array(this.bandStarts[this.bandCount] as number);
    const next = this.bandStarts.slice();
    for (let edge = 0; edge < this.count; edge++) {
      const [low, high] = this.bandsOf(edge);
      for (let band = low; band <= high; band++) {
        const at = next[band] as number;
        this.bandEdges[at] = edge;
        next[band] = at + 1;
      }
    }
  }

  private band(y: number): number {
    const share = (y - this.south) / (this.north - this.south);
    return Math.max(0, Math.min(this.bandCount - 1, Math.floor(share * this.bandCount) || 0));
  }

  private bandsOf(edge: number): [number, number] {
    const y1 = this.positions[2 * edge + 1] as number;
    const y2 = this.positions[2 * ((edge + 1) % this.count) + 1] as number;
    return y1 < y2 ? [this.band(y1), this.band(y2)] : [this.band(y2), this.band(y1)];
  }

  locate(x: number, y: number): Location {
    if (!(y >= this.south && y <= this.north)) return 'outside';
    const band = this.band(y);
    const { positions } = this;
    let inside = false;
    for (let i = this.bandStarts[band] as number; i < (this.bandStarts[band + 1] as number); i++) {
      const edge = this.bandEdges[i] as number;
      const next = (edge + 1) % this.count;
      const x1 = positions[2 * edge] as number;
      const y1 = positions[2 * edge + 1] as number;
      const x2 = positions[2 * next] as number;
      const y2 = positions[2 * next + 1] as number;
      if ((x1 < x && x2 < x) || (y1 > y && y2 > y) || (y1 < y && y2 < y)) continue;
      const side = orientation(x1, y1, x2, y2, x, y);
      if (side === 0) {
        if (x >= Math.min(x1, x2) && x <= Math.max(x1, x2) && y >= Math.min(y1, y2) && y <= Math.max(y1, y2)) {
          return 'boundary';
        }
      } else if (y1 > y !== y2 > y && side > 0 === y2 > y1) {
        inside = !inside;
      }
    }
    return inside ? 'inside' : 'outside';
  }
}
