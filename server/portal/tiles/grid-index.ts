import type { Box } from '../../../gis/types.ts';

const MAX_CELLS_A_SIDE = 256;

/**
 * Boxes on a uniform grid over their common extent; finds those that meet a box. Built once, never changed, a few words
 * an item: what a block of map features needs.
 */
export class GridIndex {
  private readonly boxes: readonly Box[];
  private readonly west: number;
  private readonly south: number;
  private readonly side: number;
  private readonly cellWidth: number;
  private readonly cellHeight: number;
  /** Items of cell `i` are `items[starts[i]] … items[starts[i + 1] - 1]`. */
  private readonly starts: Uint32Array;
  private readonly items: Uint32Array;
  /** The query that an item was last found by: an item lies in several cells and is to be given once. */
  private readonly seenBy: Uint32Array;
  private queries = 0;

  constructor(boxes: readonly Box[]) {
    this.boxes = boxes;
    let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
    for (const box of boxes) {
      west = Math.min(west, box[0]);
      south = Math.min(south, box[1]);
      east = Math.max(east, box[2]);
      north = Math.max(north, box[3]);
    }
    this.west = west;
    this.south = south;
    this.side = Math.max(1, Math.min(MAX_CELLS_A_SIDE, Math.ceil(Math.sqrt(boxes.length))));
    this.cellWidth = (east - west) / this.side || 1;
    this.cellHeight = (north - south) / this.side || 1;
    const counts = new Uint32Array(this.side * this.side + 1);
    for (const box of boxes) this.forEachCell(box, cell => (counts[cell + 1] = (counts[cell + 1] as number) + 1));
    for (let cell = 1; cell < counts.length; cell++)
      counts[cell] = (counts[cell] as number) + (counts[cell - 1] as number);
    this.starts = counts;
    this.items = new Uint32Array(counts.at(-1) ?? 0);
    const next = counts.slice();
    boxes.forEach((box, item) => {
      this.forEachCell(box, cell => {
        const at = next[cell] as number;
        this.items[at] = item;
        next[cell] = at + 1;
      });
    });
    this.seenBy = new Uint32Array(boxes.length);
  }

  /** Positions of the items whose boxes meet `box`, each once, in rising order. */
  find(box: Box): number[] {
    this.queries++;
    const found: number[] = [];
    this.forEachCell(box, cell => {
      for (let at = this.starts[cell] as number; at < (this.starts[cell + 1] as number); at++) {
        const item = this.items[at] as number;
        if (this.seenBy[item] === this.queries) continue;
        this.seenBy[item] = this.queries;
        if (meets(this.boxes[item] as Box, box)) found.push(item);
      }
    });
    return found.sort((a, b) => a - b);
  }

  private forEachCell(box: Box, visit: (cell: number) => void): void {
    if (this.boxes.length === 0) return;
    const column = (lng: number): number => this.clamp(Math.floor((lng - this.west) / this.cellWidth));
    const row = (lat: number): number => this.clamp(Math.floor((lat - this.south) / this.cellHeight));
    const lastColumn = column(box[2]);
    const lastRow = row(box[3]);
    for (let r = row(box[1]); r <= lastRow; r++) {
      for (let c = column(box[0]); c <= lastColumn; c++) visit(r * this.side + c);
    }
  }

  private clamp(value: number): number {
    return Math.max(0, Math.min(this.side - 1, value));
  }
}

const meets = (a: Box, b: Box): boolean => a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
