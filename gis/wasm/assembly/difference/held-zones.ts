// Zones whose corners, and what is summed of them, stay in the memory from block to block.
import { addRingAt, openWindow } from '../coverage/add-edges';
import { sweep } from '../coverage/sweep';

/** Zones of more corners are left to others, who know which of their edges lie near a block. */
const MAX_CORNERS: u32 = 4096;

let extents: usize = 0;
let corners: usize = 0;
let cornerEnds: usize = 0;
let ringTotals: usize = 0;
let ringEnds: usize = 0;
let ringSigns: usize = 0;
/** First row of the zone in hand, on the grid, and how many. */
export let row: i32 = 0;
export let rows: i32 = 0;

/**
 * Where the zones lie: minU, maxU, minV, maxV and a number more of each (f64); the addresses at which its corners begin and end (u32); how many rings there
 * are up to its end (u32); of each ring its corners up to its end, counted within the zone (u32), and its sign (i8).
 */
export function holdZones(ofExtents: usize, ofCorners: usize, ofEnds: usize, ofTotals: usize, ofRings: usize, ofSigns: usize): void {
  extents = ofExtents;
  corners = ofCorners;
  cornerEnds = ofEnds;
  ringTotals = ofTotals;
  ringEnds = ofRings;
  ringSigns = ofSigns;
}

/** Makes the spans of a zone. Answers 1, 0 where there are none, and -1 where it is left. */
export function coverZone(zone: usize, firstRow: i32, endRow: i32, firstCol: i32, endCol: i32): i32 {
  const extent = extents + zone * 40;
  const minU = load<f64>(extent);
  const maxU = load<f64>(extent, 8);
  const minV = load<f64>(extent, 16);
  const maxV = load<f64>(extent, 24);
  const col = within(floor(minU), firstCol, endCol);
  row = within(floor(minV), firstRow, endRow);
  const columns = within(ceil(maxU), firstCol, endCol) - col;
  rows = within(ceil(maxV), firstRow, endRow) - row;
  if (columns <= 0 || rows <= 0) return 0;
  const points: usize = load<u32>(corners + (zone << 2));
  if (load<u32>(cornerEnds + (zone << 2)) - (points as u32) > MAX_CORNERS << 4) return -1;
  openWindow(col as f64, row as f64, columns as u32, rows as u32);
  addRings(zone, points);
  return sweep(col as u32) == 0 ? 0 : 1;
}

@inline
function within(place: f64, first: i32, end: i32): i32 {
  return max<f64>(first as f64, min<f64>(end as f64, place)) as i32;
}

@inline
function addRings(zone: usize, points: usize): void {
  let ring: usize = zone == 0 ? 0 : load<u32>(ringTotals + (zone << 2) - 4);
  let from = points;
  for (const end: usize = load<u32>(ringTotals + (zone << 2)); ring < end; ring++) {
    const to = points + ((load<u32>(ringEnds + (ring << 2)) as usize) << 4);
    addRingAt(from, to, load<i8>(ringSigns + ring) as f64);
    from = to;
  }
}
