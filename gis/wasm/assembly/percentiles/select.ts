// Percentiles without a sort. Every value is given a place between the least and the greatest, 32 places a value: one look at a bit tells
// that a value is alone in its place, as nearly all of them are. Only those that are not can be equal to one another, and only those near a
// percentile have to be in order: both are looked at closely, one value in fifteen.
import { TOTALS } from '../difference/layout';
import { groupListed, groupCount } from './group';
import {
  BINS, BIN_BITS, FEW_PLACES, FRACTIONS, LIST, LOOKED_AT, MAX_FRACTIONS, MAX_VALUES, PART_WEIGHTS, PERCENTILES, PLACES, PLACES_EACH, TAKEN, VALUES,
} from './layout';
import { percentileNear } from './near';

/**
 * Writes the `PERCENTILES` at so many `FRACTIONS` of the first `whole` of `VALUES`, which weigh 1, and the `parts` behind them, which have
 * `PART_WEIGHTS`; none is NaN, less than `least` or greater than `greatest`. False where values crowd too much for it.
 */
export function selectPercentiles(whole: u32, parts: u32, least: f64, greatest: f64, fractions: u32): bool {
  if (least == greatest) {
    for (let k: u32 = 0; k < fractions; k++) store<f64>(PERCENTILES + (k << 3), least);
    return true;
  }
  const length = whole + parts;
  const places = placesFor(length);
  const bins = places >> BIN_BITS;
  const scale = ((places - 1) as f64) / (greatest - least);
  if (!(scale > 0 && scale < Infinity)) return false;
  findPlaces(length, least, scale, places - 1);
  memory.fill(TAKEN, 0, places >> 3);
  memory.fill(BINS, 0, (bins as usize) << 4);
  const crowdedEnd = takePlaces(length);
  countParts(whole, length);
  const total = sumBins(bins, length);
  for (let k: u32 = 0; k < fractions; k++) lookNear(k, load<f64>(FRACTIONS + (k << 3)) * total, bins);
  lookAtCrowded(crowdedEnd);
  const listed = listLookedAt(length);
  if (!groupListed(listed, whole)) return false;
  const distinct = length - listed + groupCount();
  for (let k: u32 = 0; k < fractions; k++) if (!percentileNear(k, total, distinct, greatest)) return false;
  return true;
}

/** The same of the values that `keepPairs` has written last. */
export function selectKept(fractions: u32): bool {
  const whole = load<f64>(TOTALS, 72) as u32;
  const parts = load<f64>(TOTALS, 80) as u32;
  if (whole + parts == 0 || whole + parts > MAX_VALUES || fractions > MAX_FRACTIONS) return false;
  return selectPercentiles(whole, parts, load<f64>(TOTALS, 56), load<f64>(TOTALS, 64), fractions);
}

/** Whole bins of them. */
function placesFor(length: u32): u32 {
  const places = max(length * PLACES_EACH, min(4 * length * PLACES_EACH, FEW_PLACES));
  return (places + (1 << BIN_BITS) - 1) & ~((1 << BIN_BITS) - 1);
}

function findPlaces(length: u32, least: f64, scale: f64, last: u32): void {
  const leasts = f64x2.splat(least);
  const scales = f64x2.splat(scale);
  // Added to a number that is not negative and small, it leaves the nearest whole number in the lower half of the word.
  const shift = f64x2.splat(4503599627370496);
  const lasts = i32x4.splat(last);
  const end = PLACES + ((length as usize) << 2);
  let from = VALUES;
  for (let to = PLACES; to < end; to += 16, from += 32) {
    const low = f64x2.add(f64x2.mul(f64x2.sub(v128.load(from), leasts), scales), shift);
    const high = f64x2.add(f64x2.mul(f64x2.sub(v128.load(from, 16), leasts), scales), shift);
    v128.store(to, i32x4.min_u(v128.shuffle<u32>(low, high, 0, 2, 4, 6), lasts));
  }
}

/** Lists places that were taken already and counts them in their bins; answers where the list ends. */
function takePlaces(length: u32): usize {
  const end = PLACES + ((length as usize) << 2);
  let listed = LIST;
  let at = PLACES;
  for (; at + 16 <= end; at += 16) {
    listed = takePlace(load<u32>(at), listed);
    listed = takePlace(load<u32>(at, 4), listed);
    listed = takePlace(load<u32>(at, 8), listed);
    listed = takePlace(load<u32>(at, 12), listed);
  }
  for (; at < end; at += 4) listed = takePlace(load<u32>(at), listed);
  for (at = LIST; at < listed; at += 4) {
    const bin = BINS + ((load<u32>(at) >> BIN_BITS) << 4);
    store<u32>(bin, load<u32>(bin, 8) + 1, 8);
  }
  return listed;
}

@inline
function takePlace(place: u32, listed: usize): usize {
  const word = TAKEN + ((place >> 5) << 2);
  const bits = load<u32>(word);
  store<u32>(word, bits | (1 << place));
  // What was free is written too, and then written over.
  store<u32>(listed, place);
  return listed + (((bits >> place) & 1) << 2);
}

function countParts(whole: u32, length: u32): void {
  const end = PLACES + ((length as usize) << 2);
  let weight = PART_WEIGHTS;
  for (let at = PLACES + ((whole as usize) << 2); at < end; at += 4, weight += 8) {
    const bin = BINS + ((load<u32>(at) >> BIN_BITS) << 4);
    store<f64>(bin, load<f64>(bin) + load<f64>(weight));
    store<u32>(bin, load<u32>(bin, 12) + 1, 12);
  }
}

/** What is before each bin; answers what all values weigh. No place is to be looked at from here on. */
function sumBins(bins: u32, length: u32): f64 {
  let values: u32 = 0;
  let parts: u32 = 0;
  let partWeight: f64 = 0;
  let taken = TAKEN;
  const end = BINS + ((bins as usize) << 4);
  for (let bin = BINS; bin < end; bin += 16, taken += 16) {
    const own = popcnt(load<u64>(taken)) + popcnt(load<u64>(taken, 8));
    v128.store(taken, i64x2.splat(0));
    const ownWeight = load<f64>(bin);
    const crowded = load<u32>(bin, 8);
    const ownParts = load<u32>(bin, 12);
    store<f64>(bin, ((values - parts) as f64) + partWeight);
    store<u64>(bin, values as u64, 8);
    values += (own as u32) + crowded;
    parts += ownParts;
    partWeight += ownWeight;
  }
  const total = ((values - parts) as f64) + partWeight;
  store<f64>(end, total);
  store<u64>(end, length as u64, 8);
  return total;
}

/** Has the last bin looked at that no more than the target weighs before, and its neighbours on both sides, none of them empty. */
function lookNear(k: u32, target: f64, bins: u32): void {
  let low: u32 = 0;
  let high = bins;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (load<f64>(BINS + (middle << 4)) <= target) low = middle;
    else high = middle;
  }
  while (low > 0 && isEmpty(low)) low--;
  while (low + 1 < bins && isEmpty(low)) low++;
  look(k, low);
  for (let bin = low; bin > 0; ) {
    bin--;
    if (isEmpty(bin)) continue;
    look(k, bin);
    break;
  }
  for (let bin = low + 1; bin < bins; bin++) {
    if (isEmpty(bin)) continue;
    look(k, bin);
    break;
  }
}

@inline
function isEmpty(bin: u32): bool {
  const at = BINS + (bin << 4);
  return load<u32>(at, 8) == load<u32>(at, 24);
}

function look(k: u32, bin: u32): void {
  const at = BINS + (bin << 4);
  store<u32>(at, load<u32>(at, 12) | (1 << k), 12);
  v128.store(LOOKED_AT + (bin << 4), i64x2.splat(-1));
}

/** Places that more than one value has: they are in the list. */
function lookAtCrowded(end: usize): void {
  for (let at = LIST; at < end; at += 4) {
    const place = load<u32>(at);
    const word = LOOKED_AT + ((place >> 5) << 2);
    store<u32>(word, load<u32>(word) | (1 << place));
  }
}

/** Lists the numbers of the values whose places are looked at. */
function listLookedAt(length: u32): u32 {
  let listed = LIST;
  let i: u32 = 0;
  for (; i + 4 <= length; i += 4) {
    const at = PLACES + (i << 2);
    listed = listPlace(load<u32>(at), i, listed);
    listed = listPlace(load<u32>(at, 4), i + 1, listed);
    listed = listPlace(load<u32>(at, 8), i + 2, listed);
    listed = listPlace(load<u32>(at, 12), i + 3, listed);
  }
  for (; i < length; i++) listed = listPlace(load<u32>(PLACES + (i << 2)), i, listed);
  return ((listed - LIST) as u32) >> 2;
}

@inline
function listPlace(place: u32, i: u32, listed: usize): usize {
  store<u32>(listed, i);
  return listed + (((load<u32>(LOOKED_AT + ((place >> 5) << 2)) >> place) & 1) << 2);
}
