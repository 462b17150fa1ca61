// Brings features that were read onto a grid, where they lie.
import { DEPTHS, EXTENTS, NUMBERS, OUTERS, PLACES, POSITIONS, RING_ENDS, RING_SIGNS, RINGS } from './layout';

/**
 * Columns from the west edge and rows from the north edge in the place of coordinates of so many features; the extent of each and the sign of each
 * ring, with which outer rings add and holes take away whichever way they are wound. `turn` = columns of a turn round the Earth. In `PLACES` is 0 for those
 * that are left to others: without coordinates that were read, without an area, or on the grid a turn away as well.
 */
export function placeFeatures(count: u32, west: f64, north: f64, cellWidth: f64, cellHeight: f64, columns: f64, turn: f64): void {
  let number: u32 = 0;
  let ring: u32 = 0;
  for (let i: usize = 0; i < (count as usize); i++) {
    const firstNumber = number;
    const firstRing = ring;
    number = load<u32>(NUMBERS + (i << 2));
    ring = load<u32>(RINGS + (i << 2));
    let isPlaced = false;
    if (load<u8>(DEPTHS + i) != 0) {
      const from = POSITIONS + ((firstNumber as usize) << 3);
      const extent = EXTENTS + i * 40;
      toCells(from, POSITIONS + ((number as usize) << 3), west, north, cellWidth, cellHeight, extent);
      const area = signRings(from, firstRing, ring);
      store<f64>(extent, area, 32);
      const least = load<f64>(extent);
      const most = load<f64>(extent, 8);
      const isTurned = (most > turn && least - turn < columns) || (most + turn > 0 && least + turn < columns);
      isPlaced = area > 0 && !isTurned;
    }
    store<u8>(PLACES + i, isPlaced ? 1 : 0);
  }
}

@inline
function toCells(from: usize, to: usize, west: f64, north: f64, cellWidth: f64, cellHeight: f64, extent: usize): void {
  let minU = Infinity;
  let maxU = -Infinity;
  let minV = Infinity;
  let maxV = -Infinity;
  for (let at = from; at < to; at += 16) {
    const u = (load<f64>(at) - west) / cellWidth;
    const v = (north - load<f64>(at, 8)) / cellHeight;
    store<f64>(at, u);
    store<f64>(at, v, 8);
    minU = min(minU, u);
    maxU = max(maxU, u);
    minV = min(minV, v);
    maxV = max(maxV, v);
  }
  store<f64>(extent, minU);
  store<f64>(extent, maxU, 8);
  store<f64>(extent, minV, 16);
  store<f64>(extent, maxV, 24);
}

/** Answers the area of all of them. */
@inline
function signRings(points: usize, firstRing: u32, endRing: u32): f64 {
  let area: f64 = 0;
  let from = points;
  for (let ring = firstRing as usize; ring < (endRing as usize); ring++) {
    const to = points + ((load<u32>(RING_ENDS + (ring << 2)) as usize) << 4);
    const signed = signedArea(from, to);
    const wanted: f64 = load<u8>(OUTERS + ring) == 1 ? 1 : -1;
    store<i8>(RING_SIGNS + ring, (signed < 0 ? -wanted : wanted) as i8);
    area += wanted * abs(signed);
    from = to;
  }
  return area;
}

/** Positive where going along the ring keeps the inside on the side that counts as covered. */
@inline
function signedArea(from: usize, to: usize): f64 {
  if (to - from < 48) return 0;
  const u0 = load<f64>(from);
  const v0 = load<f64>(from, 8);
  let twice: f64 = 0;
  let du: f64 = 0;
  let dv: f64 = 0;
  for (let at = from + 16; at < to; at += 16) {
    const nextU = load<f64>(at) - u0;
    const nextV = load<f64>(at, 8) - v0;
    twice += nextU * dv - du * nextV;
    du = nextU;
    dv = nextV;
  }
  return twice / 2;
}
