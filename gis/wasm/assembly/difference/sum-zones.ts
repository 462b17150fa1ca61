// Sums all zones of a block in one call.
import { coverZone, row, rows } from './held-zones';
import { TOTALS } from './layout';
import { sumPairs } from './sum-pairs';

/**
 * Sums the zones whose numbers are in the list (u32) over the block that was opened, whose cells these are. At `to` are covered, count,
 * weight2 and sum of each zone (f64), which are added to. Answers how many were left, and puts their numbers first in the list.
 */
export function sumZones(list: usize, count: u32, firstRow: i32, endRow: i32, firstCol: i32, endCol: i32, sign: f64, to: usize): u32 {
  let left = list;
  const end = list + ((count as usize) << 2);
  for (let at = list; at < end; at += 4) {
    const zone: usize = load<u32>(at);
    const covered = coverZone(zone, firstRow, endRow, firstCol, endCol);
    if (covered < 0) {
      store<u32>(left, zone as u32);
      left += 4;
    }
    if (covered <= 0) continue;
    sumPairs((row - firstRow) as u32, rows as u32);
    const sums = to + (zone << 5);
    store<f64>(sums, load<f64>(sums) + load<f64>(TOTALS));
    store<f64>(sums, load<f64>(sums, 8) + load<f64>(TOTALS, 8), 8);
    store<f64>(sums, load<f64>(sums, 16) + load<f64>(TOTALS, 16), 16);
    store<f64>(sums, load<f64>(sums, 24) + sign * load<f64>(TOTALS, 24), 24);
  }
  return ((left - list) >> 2) as u32;
}
