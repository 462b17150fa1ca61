// Exact coverage by signed areas: every edge adds, to each cell it crosses, the height it crosses there and the area between itself
// and the cell's east side. Whoever sums the cells (`sweep.ts`) leaves them empty.
import { POINTS, SUMS, TOUCHED } from './layout';

let originU: f64 = 0;
let originV: f64 = 0;
export let width: u32 = 0;
export let height: u32 = 0;
/** Bytes of a row of bits. */
export let bitBytes: usize = 0;

/** The cells that edges are added to from here on; its first one is at (u, v). It was left empty. */
export function openWindow(u: f64, v: f64, columns: u32, rows: u32): void {
  originU = u;
  originV = v;
  width = columns;
  height = rows;
  bitBytes = (((columns as usize) + 63) >> 6) << 3;
}

/** A ring of the corners `[from, to)`, from the last of them back to the first. */
export function addRing(from: u32, to: u32, sign: f64): void {
  addRingAt(POINTS + ((from as usize) << 4), POINTS + ((to as usize) << 4), sign);
}

/** The edges from corner to corner, `last` included. */
export function addLine(first: u32, last: u32, sign: f64): void {
  addEdges(POINTS + ((first as usize) << 4), POINTS + ((last as usize) << 4), sign);
}

/** The same with the addresses at which the ring's corners begin and end. */
export function addRingAt(from: usize, to: usize, sign: f64): void {
  if (to <= from) return;
  const last = to - 16;
  addEdges(from, last, sign);
  addEither(
    load<f64>(last) - originU, load<f64>(last, 8) - originV, load<f64>(from) - originU, load<f64>(from, 8) - originV, sign,
  );
}

function addEdges(at: usize, last: usize, sign: f64): void {
  let u0 = load<f64>(at) - originU;
  let v0 = load<f64>(at, 8) - originV;
  while (at < last) {
    at += 16;
    const u1 = load<f64>(at) - originU;
    const v1 = load<f64>(at, 8) - originV;
    addEither(u0, v0, u1, v1, sign);
    u0 = u1;
    v0 = v1;
  }
}

/** Edges that go up take away what those that go down add. */
@inline
function addEither(u0: f64, v0: f64, u1: f64, v1: f64, sign: f64): void {
  if (v0 < v1) {
    if (v1 > 0 && v0 < (height as f64)) add(u0, v0, u1, v1, -sign);
  } else if (v0 > v1) {
    if (v0 > 0 && v1 < (height as f64)) add(u1, v1, u0, v0, sign);
  }
}

/** The edge, which goes downward (v0 < v1), cut to the window: west of it its height still counts, east of it nothing does. */
function add(u0: f64, v0: f64, u1: f64, v1: f64, sign: f64): void {
  const slope = (u1 - u0) / (v1 - v0);
  const east = width as f64;
  let top = v0;
  let bottom = v1;
  let uTop = u0;
  let uBottom = u1;
  if (top < 0) {
    uTop = u0 - v0 * slope;
    top = 0;
  }
  if (bottom > (height as f64)) {
    bottom = height as f64;
    uBottom = u0 + (bottom - v0) * slope;
  }
  if (uTop >= east && uBottom >= east) return;
  if (uTop >= 0 && uTop <= east && uBottom >= 0 && uBottom <= east) {
    addInside(uTop, top, uBottom, bottom, sign);
    return;
  }
  if (uTop <= 0 && uBottom <= 0) {
    addInside(0, top, 0, bottom, sign);
    return;
  }
  // Cut at both sides; the pieces outside are laid onto the side.
  const atWest = top - uTop / slope;
  const atEast = top + (east - uTop) / slope;
  let from = top;
  let uFrom = uTop;
  for (let cut = 0; cut < 3; cut++) {
    const to = cut == 2 ? bottom : (cut == 0) == atWest < atEast ? atWest : atEast;
    if (cut < 2 && !(to > top && to < bottom)) continue;
    const uTo = cut == 2 ? uBottom : uTop + (to - top) * slope;
    addInside(onto(uFrom, east), from, onto(uTo, east), to, sign);
    from = to;
    uFrom = uTo;
  }
}

@inline
function onto(u: f64, east: f64): f64 {
  return min<f64>(east, max<f64>(0, u));
}

/** The edge, all of which lies in the window. */
function addInside(u0: f64, v0: f64, u1: f64, v1: f64, sign: f64): void {
  if (!(v0 < v1)) return;
  const east = width as f64;
  const rowBytes = (width as usize) << 4;
  const slope = (u1 - u0) / (v1 - v0);
  // What an edge rises from one side of a column to the other is the same in all of them.
  const risePerCol = sign / abs(slope);
  const lastRow = (ceil(v1) as i32) - 1;
  let a = u0;
  let top = v0;
  let row = v0 as i32;
  let sums = SUMS + (row as usize) * rowBytes;
  let bits = TOUCHED + (row as usize) * bitBytes;
  for (; row <= lastRow; row++, sums += rowBytes, bits += bitBytes) {
    let bottom = v1;
    let b = u1;
    if (row < lastRow) {
      bottom = (row + 1) as f64;
      b = onto(u0 + (bottom - v0) * slope, east);
    }
    let rise = (bottom - top) * sign;
    const from = min<f64>(a, b);
    const to = max<f64>(a, b);
    let col = from as u32;
    if (to > ((col + 1) as f64)) {
      // Column by column; the last one takes what is left of the height, so that none is made or lost.
      let inside = ((col + 1) as f64) - from;
      do {
        const part = risePerCol * inside;
        addTo(sums, bits, col, part, 0.5 * part * inside);
        rise -= part;
        inside = 1;
        col++;
      } while (to > ((col + 1) as f64));
      addTo(sums, bits, col, rise, rise * (1 - 0.5 * (to - (col as f64))));
    } else if (col < width) {
      addTo(sums, bits, col, rise, rise * (((col + 1) as f64) - 0.5 * (a + b)));
    }
    a = b;
    top = bottom;
  }
}

@inline
function addTo(sums: usize, bits: usize, col: u32, rise: f64, area: f64): void {
  const cell = sums + ((col as usize) << 4);
  v128.store(cell, f64x2.add(v128.load(cell), f64x2.replace_lane(f64x2.splat(rise), 1, area)));
  const word = bits + (((col as usize) >> 6) << 3);
  store<u64>(word, load<u64>(word) | ((1 as u64) << (col as u64)));
}
