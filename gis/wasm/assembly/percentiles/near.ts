// The percentile among the distinct values near it. With n of them in order, weights w and their running sum W before a value, value i stands
// at `i w + (n - 1) W`; the answer is interpolated at `fraction * (n - 1) * ΣW`.
import { nearAnyEnd, repeatedEnd } from './group';
import { BINS, FRACTIONS, MAX_NEAR, NEAR, NEAR_ANY, PERCENTILES, REPEATED } from './layout';

/** Writes down the percentile at fraction `k`; false where too many values are near it. */
export function percentileNear(k: u32, total: f64, distinct: u32, greatest: f64): bool {
  const answer = PERCENTILES + (k << 3);
  const fraction = load<f64>(FRACTIONS + (k << 3));
  if (fraction >= 1) {
    store<f64>(answer, greatest);
    return true;
  }
  const end = listNear(k);
  if (end == NEAR) return false;
  const firstBin = load<u32>(load<u32>(NEAR), 20);
  let index = distinctBefore(firstBin);
  let before = load<f64>(BINS + (firstBin << 4));
  // The last one that no more than the target weighs before.
  const target = fraction * total;
  let at = NEAR;
  let earlier: f64 = 0;
  for (; at + 4 < end; at += 4) {
    const next = before + weightAt(at);
    if (next > target) break;
    earlier = before;
    before = next;
    index++;
  }
  const value = valueAt(at);
  const places = (distinct - 1) as f64;
  const stand: f64 = index == 0 ? 0 : (index as f64) * weightAt(at) + places * before;
  const wanted = target * places;
  if (stand > wanted) {
    if (at == NEAR) return false;
    const left: f64 = index == 1 ? 0 : ((index - 1) as f64) * weightAt(at - 4) + places * earlier;
    store<f64>(answer, between(valueAt(at - 4), left, value, stand, wanted));
    return true;
  }
  if (at + 4 == end) {
    if (index + 1 != distinct) return false;
    store<f64>(answer, value);
    return true;
  }
  const right = ((index + 1) as f64) * weightAt(at + 4) + places * (before + weightAt(at));
  store<f64>(answer, between(value, stand, valueAt(at + 4), right, wanted));
  return true;
}

/** Puts the groups near percentile `k` in rising order; answers where they end, and where they begin if they are too many. */
function listNear(k: u32): usize {
  let end = NEAR;
  for (let at = NEAR_ANY; at < nearAnyEnd; at += 4) {
    const group: usize = load<u32>(at);
    if (((load<u32>(BINS + (load<u32>(group, 20) << 4), 12) >> k) & 1) == 0) continue;
    if (end >= NEAR + 4 * MAX_NEAR) return NEAR;
    const value = load<f64>(group);
    let to = end;
    for (; to > NEAR && valueAt(to - 4) > value; to -= 4) store<u32>(to, load<u32>(to - 4));
    store<u32>(to, group as u32);
    end += 4;
  }
  return end;
}

/** How many distinct values lie before a bin: each that is not looked at is alone. */
function distinctBefore(bin: u32): u32 {
  let count = load<u32>(BINS + (bin << 4), 8);
  for (let at = REPEATED; at < repeatedEnd; at += 4) {
    const group: usize = load<u32>(at);
    if (load<u32>(group, 20) < bin) count -= load<u32>(group, 16) - 1;
  }
  return count;
}

@inline
function valueAt(near: usize): f64 {
  return load<f64>(load<u32>(near));
}

@inline
function weightAt(near: usize): f64 {
  return load<f64>(load<u32>(near), 8);
}

@inline
function between(left: f64, from: f64, right: f64, to: f64, wanted: f64): f64 {
  return left + min<f64>(1, (wanted - from) / (to - from)) * (right - left);
}
