// Sums all zones of a block with their spread, and finds the percentiles of those that lie in no block to come.
import { MAX_VALUES, PERCENTILES } from '../percentiles/layout';
import { selectKept } from '../percentiles/select';
import { bringValues, heldCount, holdValues, isElsewhere, joinValues } from './held-values';
import { coverZone, row, rows } from './held-zones';
import { keepPairs } from './keep-pairs';
import { TOTALS } from './layout';

/** Numbers of a zone's sums: see `openSpreads`. */
export const SPREAD_NUMBERS: u32 = 7;

let sums: usize = 0;
let percentiles: usize = 0;
let fractions: usize = 0;
let blocksLeft: usize = 0;

/**
 * Where covered, count, weight2, sum, squared deviations from the mean, least and greatest of each zone are (f64), nought before any are added; where
 * its percentiles at so many `FRACTIONS` go, none of which are wanted where these are 0; and in how many blocks it is still to come (u32).
 */
export function openSpreads(ofSums: usize, ofPercentiles: usize, ofFractions: u32, ofBlocksLeft: usize): void {
  sums = ofSums;
  percentiles = ofPercentiles;
  fractions = ofFractions;
  blocksLeft = ofBlocksLeft;
}

/**
 * Sums the zones whose numbers are in the list (u32), from place `from` of it on, over the block that was opened, whose cells these are. Answers
 * the place of the first one that somebody else has to do with, and `count` where there is none. Nothing was done with it, and Σ w of all cells is
 * -1; or it was summed, and its values are where `keepPairs` writes them: for they crowd or are too many, and nought blocks are left, or
 * because there was no room to hold them.
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
      addSums(sums + zone * SPREAD_NUMBERS * 8);
    } else keepNothing();
    if (fractions == 0 || isSettled(zone)) continue;
    tellExtremes(zone);
    return place;
  }
  return count;
}

/** False where somebody else has to take what was kept of a zone. */
function isSettled(zone: usize): bool {
  const left = blocksLeft + (zone << 2);
  store<u32>(left, load<u32>(left) - 1);
  if (load<u32>(left) > 0) return holdValues(zone);
  const held = heldCount(zone);
  if (isElsewhere(zone)) return false;
  if (held > 0) {
    const kept = (load<f64>(TOTALS, 72) + load<f64>(TOTALS, 80)) as u32;
    if (held + kept > MAX_VALUES) return false;
    joinValues(zone);
    tellExtremes(zone);
  }
  if (!selectKept(fractions as u32)) return false;
  memory.copy(percentiles + ((zone * fractions) << 3), PERCENTILES, fractions << 3);
  return true;
}

/** Brings values of a zone that are held to where `keepPairs` writes them; false where there are none. */
export function bringKept(zone: usize): bool {
  if (heldCount(zone) == 0) return false;
  bringValues(zone);
  tellExtremes(zone);
  return true;
}

/** Of all values of a zone. */
function tellExtremes(zone: usize): void {
  const own = sums + zone * SPREAD_NUMBERS * 8;
  store<f64>(TOTALS, load<f64>(own, 40), 56);
  store<f64>(TOTALS, load<f64>(own, 48), 64);
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
  store<f64>(to, before > 0 ? min(load<f64>(to, 40), load<f64>(TOTALS, 56)) : load<f64>(TOTALS, 56), 40);
  store<f64>(to, before > 0 ? max(load<f64>(to, 48), load<f64>(TOTALS, 64)) : load<f64>(TOTALS, 64), 48);
}
