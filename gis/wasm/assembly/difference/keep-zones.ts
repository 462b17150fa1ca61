// Sums all zones of a block with their spread, and finds the percentiles of those that lie in no other block.
import { PERCENTILES } from '../percentiles/layout';
import { selectKept } from '../percentiles/select';
import { coverZone, isAlone, row, rows } from './held-zones';
import { keepPairs } from './keep-pairs';
import { TOTALS } from './layout';

/** Numbers of a zone's spread: see `keepZones`. */
const SPREAD: usize = 7;

let sums: usize = 0;
let percentiles: usize = 0;
let fractions: usize = 0;

/**
 * Where covered, count, weight2, sum, squared deviations from the mean, least and greatest of each zone are (f64), which are added to; and where
 * its percentiles at so many `FRACTIONS` go. None are wanted where these are 0.
 */
export function openSpreads(ofSums: usize, ofPercentiles: usize, ofFractions: u32): void {
  sums = ofSums;
  percentiles = ofPercentiles;
  fractions = ofFractions;
}

/**
 * Sums the zones whose numbers are in the list (u32), from place `from` of it on, over the block that was opened, whose cells these are. Answers
 * the place of the first one that somebody else has to do with, and `count` where there is none: it was summed, and its values are kept as
 * `keepPairs` keeps them, for they are not all, or crowd; or nothing was done with it, and Σ w of all cells is -1.
 */
export function keepZones(
  list: usize, from: u32, count: u32, firstRow: i32, endRow: i32, firstCol: i32, endCol: i32, sign: i32,
): u32 {
  for (let place = from; place < count; place++) {
    const zone: usize = load<u32>(list + ((place as usize) << 2));
    const covered = coverZone(zone, firstRow, endRow, firstCol, endCol);
    if (covered < 0) {
      store<f64>(TOTALS, -1);
      return place;
    }
    if (covered > 0) {
      keepPairs((row - firstRow) as u32, rows as u32, sign);
      addSums(sums + zone * SPREAD * 8);
    } else keepNothing();
    if (fractions == 0) continue;
    if (!isAlone || !selectKept(fractions as u32)) return place;
    memory.copy(percentiles + ((zone * fractions) << 3), PERCENTILES, fractions << 3);
  }
  return count;
}

function keepNothing(): void {
  memory.fill(TOTALS, 0, 88);
}

/** Joins squared deviations as Chan, Golub and LeVeque (1979) do. */
function addSums(to: usize): void {
  store<f64>(to, load<f64>(to) + load<f64>(TOTALS));
  const count = load<f64>(TOTALS, 8);
  if (count == 0) return;
  const sum = load<f64>(TOTALS, 24);
  const away = load<f64>(TOTALS, 40);
  const before = load<f64>(to, 8);
  let deviation = load<f64>(to, 32) + max<f64>(0, load<f64>(TOTALS, 48) - (away * away) / count);
  if (before > 0) {
    const apart = load<f64>(to, 24) / before - sum / count;
    deviation += apart * apart * ((before * count) / (before + count));
  }
  store<f64>(to, before + count, 8);
  store<f64>(to, load<f64>(to, 16) + load<f64>(TOTALS, 16), 16);
  store<f64>(to, load<f64>(to, 24) + sum, 24);
  store<f64>(to, deviation, 32);
  store<f64>(to, min(load<f64>(to, 40), load<f64>(TOTALS, 56)), 40);
  store<f64>(to, max(load<f64>(to, 48), load<f64>(TOTALS, 64)), 48);
}
