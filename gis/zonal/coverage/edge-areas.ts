/**
 * A window of cells to which edges are added: each adds, to every cell it crosses, the height it crosses there and the area between itself
 * and the cell's east side. Whoever sums the cells leaves them empty.
 */
export class EdgeAreas {
  /** Height and area of each cell, one beside the other, row by row. */
  sums = new Float64Array(0);
  /** A bit for each cell that an edge crosses, `words` words a row. */
  touched = new Int32Array(0);
  width = 0;
  height = 0;
  words = 0;
  /** u and v of the two ends of the edge to be added: handed over here, for as an argument each number would be a fresh object. */
  readonly edge = new Float64Array(4);

  /** A window of this width, and room for so many rows of it. All of it is empty. */
  reserve(width: number, rows: number): void {
    this.width = width;
    this.words = (width + 31) >> 5;
    const cells = rows * width;
    // Half as much again: zones come in any order of size, and each new area has to be cleared by the machine.
    if (this.sums.length < cells * 2) this.sums = new Float64Array(cells * 3);
    if (this.touched.length < rows * this.words) this.touched = new Int32Array((rows * this.words * 3) >> 1);
  }

  /** The edge, which goes downward (v0 < v1), cut to the window: west of it its height still counts, east of it nothing does. */
  add(sign: number): void {
    const { edge } = this;
    const u0 = edge[0] as number;
    const v0 = edge[1] as number;
    const u1 = edge[2] as number;
    const v1 = edge[3] as number;
    const slope = (u1 - u0) / (v1 - v0);
    let top = v0;
    let bottom = v1;
    let uTop = u0;
    let uBottom = u1;
    if (top < 0) {
      uTop = u0 - v0 * slope;
      top = 0;
    }
    if (bottom > this.height) {
      bottom = this.height;
      uBottom = u0 + (bottom - v0) * slope;
    }
    const width = this.width;
    if (uTop >= width && uBottom >= width) return;
    if (uTop >= 0 && uTop <= width && uBottom >= 0 && uBottom <= width) {
      edge[0] = uTop;
      edge[1] = top;
      edge[2] = uBottom;
      edge[3] = bottom;
      this.addInside(sign);
      return;
    }
    if (uTop <= 0 && uBottom <= 0) {
      edge[0] = 0;
      edge[1] = top;
      edge[2] = 0;
      edge[3] = bottom;
      this.addInside(sign);
      return;
    }
    // Cut at both sides; the pieces outside are laid onto the side.
    const cuts = [top];
    const atWest = top - uTop / slope;
    const atEast = top + (width - uTop) / slope;
    for (const cut of atWest < atEast ? [atWest, atEast] : [atEast, atWest]) {
      if (cut > top && cut < bottom) cuts.push(cut);
    }
    cuts.push(bottom);
    for (let i = 1; i < cuts.length; i += 1) {
      const a = cuts[i - 1] as number;
      const b = cuts[i] as number;
      const uA = i === 1 ? uTop : uTop + (a - top) * slope;
      const uB = i === cuts.length - 1 ? uBottom : uTop + (b - top) * slope;
      edge[0] = Math.min(width, Math.max(0, uA));
      edge[1] = a;
      edge[2] = Math.min(width, Math.max(0, uB));
      edge[3] = b;
      this.addInside(sign);
    }
  }

  private addInside(sign: number): void {
    const { width, words, sums, touched, edge } = this;
    const u0 = edge[0] as number;
    const v0 = edge[1] as number;
    const u1 = edge[2] as number;
    const v1 = edge[3] as number;
    if (!(v0 < v1)) return;
    const slope = (u1 - u0) / (v1 - v0);
    // What an edge rises from one side of a column to the other is the same in all of them.
    const risePerCol = sign / Math.abs(slope);
    const lastRow = Math.ceil(v1) - 1;
    let a = u0;
    let top = v0;
    for (let row = v0 | 0; row <= lastRow; row += 1) {
      let bottom = v1;
      let b = u1;
      if (row < lastRow) {
        bottom = row + 1;
        b = u0 + (bottom - v0) * slope;
        if (b < 0) b = 0;
        else if (b > width) b = width;
      }
      let rise = (bottom - top) * sign;
      const west = a < b ? a : b;
      const east = a < b ? b : a;
      let col = west | 0;
      let at = (row * width + col) * 2;
      if (east > col + 1) {
        // Column by column; the last one takes what is left of the height, so that none is made or lost.
        let inside = col + 1 - west;
        do {
          const part = risePerCol * inside;
          sums[at] = (sums[at] as number) + part;
          sums[at + 1] = (sums[at + 1] as number) + 0.5 * part * inside;
          const word = row * words + (col >> 5);
          touched[word] = (touched[word] as number) | (1 << col);
          rise -= part;
          inside = 1;
          col += 1;
          at += 2;
        } while (east > col + 1);
        sums[at] = (sums[at] as number) + rise;
        sums[at + 1] = (sums[at + 1] as number) + rise * (1 - 0.5 * (east - col));
        const word = row * words + (col >> 5);
        touched[word] = (touched[word] as number) | (1 << col);
      } else if (col < width) {
        sums[at] = (sums[at] as number) + rise;
        sums[at + 1] = (sums[at + 1] as number) + rise * (col + 1 - 0.5 * (a + b));
        const word = row * words + (col >> 5);
        touched[word] = (touched[word] as number) | (1 << col);
      }
      a = b;
      top = bottom;
    }
  }
}
