// Values that are equal, found by what they hash to.
import { BIN_BITS, BINS, GROUPS, LIST, MOST_SLOT_BITS, NEAR_ANY, PART_WEIGHTS, PLACES, REPEATED, SLOTS, VALUES } from './layout';

/** So many steps a value mean that values hash to the same. */
const MOST_STEPS: u32 = 16;

let end: usize = GROUPS;
/** Where the lists end of the groups near a percentile, and of those of several values: few of them are either. */
export let nearAnyEnd: usize = NEAR_ANY;
export let repeatedEnd: usize = REPEATED;

/** How many groups there are. */
export function groupCount(): u32 {
  return ((end - GROUPS) as u32) / 24;
}

/** Makes `GROUPS` of so many values of `LIST`, and lists of them; false where that takes too long. */
export function groupListed(listed: u32, whole: u32): bool {
  const bits = min<u32>(MOST_SLOT_BITS, 33 - (clz(listed | 8) as u32));
  const mask: u32 = ((1 << bits) - 1) << 2;
  memory.fill(SLOTS, 0, (mask as usize) + 4);
  end = GROUPS;
  let nearAny = NEAR_ANY;
  let repeated = REPEATED;
  let steps = listed * MOST_STEPS;
  for (let at = LIST, last = LIST + ((listed as usize) << 2); at < last; at += 4) {
    const i = load<u32>(at);
    const weight: f64 = i < whole ? 1 : load<f64>(PART_WEIGHTS + ((i - whole) << 3));
    // Nought has one sign from here on.
    const value = load<f64>(VALUES + (i << 3)) + 0.0;
    let slot = hash(reinterpret<u64>(value), bits);
    let group: usize = load<u32>(SLOTS + slot);
    while (group != 0 && load<f64>(group) != value) {
      if (--steps == 0) return false;
      slot = (slot + 4) & mask;
      group = load<u32>(SLOTS + slot);
    }
    if (group == 0) {
      store<u32>(SLOTS + slot, end as u32);
      store<f64>(end, value);
      store<f64>(end, weight, 8);
      store<u32>(end, 1, 16);
      const bin = load<u32>(PLACES + (i << 2)) >> BIN_BITS;
      store<u32>(end, bin, 20);
      store<u32>(nearAny, end as u32);
      nearAny += (load<u32>(BINS + (bin << 4), 12) != 0 ? 4 : 0) as usize;
      end += 24;
    } else {
      const count = load<u32>(group, 16);
      store<f64>(group, load<f64>(group, 8) + weight, 8);
      store<u32>(group, count + 1, 16);
      store<u32>(repeated, group as u32);
      repeated += (count == 1 ? 4 : 0) as usize;
    }
  }
  nearAnyEnd = nearAny;
  repeatedEnd = repeated;
  return true;
}

@inline
function hash(bits: u64, count: u32): u32 {
  const mixed = (bits ^ (bits >> 32)) * 0x9e3779b97f4a7c15;
  return ((mixed >> (64 - (count as u64))) as u32) << 2;
}
