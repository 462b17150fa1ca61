const FANOUT = 8;

/**
 * A tree of boxes over items in their given order: items that follow each other should lie near each other (the edges
 * of a ring do). Boxes are `west, south, east, north` quadruples. Finds overlapping items without comparing all pairs.
 */
export class BoxTree {
  private readonly boxes: Float64Array;
  /** Index of the first node of every level; level 0 are the items. */
  private readonly levelStarts: number[] = [];
  private readonly levelCounts: number[] = [];

  constructor(itemBoxes: Float64Array) {
    const items = itemBoxes.length / 4;
    let total = 0;
    for (let count = items; ; count = Math.ceil(count / FANOUT)) {
      this.levelStarts.push(total);
      this.levelCounts.push(count);
      total += count;
      if (count <= 1) break;
    }
    this.boxes = new Float64Array(total * 4);
    this.boxes.set(itemBoxes);
    for (let level = 1; level < this.levelCounts.length; level++) this.fillLevel(level);
  }

  private fillLevel(level: number): void {
    const { boxes } = this;
    const below = this.levelStarts[level - 1] as number;
    const belowCount = this.levelCounts[level - 1] as number;
    const start = this.levelStarts[level] as number;
    for (let i = 0; i < (this.levelCounts[level] as number); i++) {
      let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
      const end = Math.min((i + 1) * FANOUT, belowCount);
      for (let child = i * FANOUT; child < end; child++) {
        const at = (below + child) * 4;
        west = Math.min(west, boxes[at] as number);
        south = Math.min(south, boxes[at + 1] as number);
        east = Math.max(east, boxes[at + 2] as number);
        north = Math.max(north, boxes[at + 3] as number);
      }
      boxes.set([west, south, east, north], (start + i) * 4);
    }
  }

  private overlap(a: number, b: number): boolean {
    const { boxes } = this;
    const i = a * 4;
    const j = b * 4;
    return (
      (boxes[i] as number) <= (boxes[j + 2] as number) &&
      (boxes[j] as number) <= (boxes[i + 2] as number) &&
      (boxes[i + 1] as number) <= (boxes[j + 3] as number) &&
      (boxes[j + 1] as number) <= (boxes[i + 3] as number)
    );
  }

  /** Calls `visit(i)` for all items whose boxes meet a box. */
  search(west: number, south: number, east: number, north: number, visit: (item: number) => void): void {
    const meets = (at: number): boolean =>
      (this.boxes[at] as number) <= east &&
      west <= (this.boxes[at + 2] as number) &&
      (this.boxes[at + 1] as number) <= north &&
      south <= (this.boxes[at + 3] as number);
    const descend = (level: number, node: number): void => {
      if (!meets(((this.levelStarts[level] as number) + node) * 4)) return;
      if (level === 0) return visit(node);
      const end = Math.min((node + 1) * FANOUT, this.levelCounts[level - 1] as number);
      for (let child = node * FANOUT; child < end; child++) descend(level - 1, child);
    };
    if ((this.levelCounts[0] as number) > 0) descend(this.levelCounts.length - 1, 0);
  }

  /** Calls `visit(i, j)` with i < j for all pairs of items whose boxes meet; stops when it returns false. */
  forEachPair(visit: (i: number, j: number) => boolean): void {
    const top = this.levelCounts.length - 1;
    if ((this.levelCounts[0] as number) > 1) this.joinSelf(top, 0, visit);
  }

  private joinSelf(level: number, node: number, visit: (i: number, j: number) => boolean): boolean {
    if (level === 0) return true;
    const start = this.levelStarts[level - 1] as number;
    const end = Math.min((node + 1) * FANOUT, this.levelCounts[level - 1] as number);
    for (let a = node * FANOUT; a < end; a++) {
      if (!this.joinSelf(level - 1, a, visit)) return false;
      for (let b = a + 1; b < end; b++) {
        if (this.overlap(start + a, start + b) && !this.join(level - 1, a, b, visit)) return false;
      }
    }
    return true;
  }

  private join(level: number, a: number, b: number, visit: (i: number, j: number) => boolean): boolean {
    if (level === 0) return visit(a, b);
    const count = this.levelCounts[level - 1] as number;
    const start = this.levelStarts[level - 1] as number;
    const upper = this.levelStarts[level] as number;
    const endA = Math.min((a + 1) * FANOUT, count);
    const endB = Math.min((b + 1) * FANOUT, count);
    for (let i = a * FANOUT; i < endA; i++) {
      if (!this.overlap(start + i, upper + b)) continue;
      for (let j = b * FANOUT; j < endB; j++) {
        if (this.overlap(start + i, start + j) && !this.join(level - 1, i, j, visit)) return false;
      }
    }
    return true;
  }
}
