/** One rising list of a list in rising stretches of a length, the last of which may be shorter. The list itself is used as room. */
export function mergeStretches(list: Float64Array, stretch: number): Float64Array {
  let from = list;
  let to = new Float64Array(list.length);
  for (let size = stretch; size < list.length; size *= 2) {
    for (let start = 0; start < list.length; start += 2 * size) mergeTwo(from, to, start, size);
    [from, to] = [to, from as Float64Array<ArrayBuffer>];
  }
  return from;
}

function mergeTwo(from: Float64Array, to: Float64Array, start: number, size: number): void {
  const middle = Math.min(from.length, start + size);
  const end = Math.min(from.length, start + 2 * size);
  let i = start;
  let j = middle;
  for (let at = start; at < end; at += 1) {
    const isFirst = j >= end || (i < middle && (from[i] as number) <= (from[j] as number));
    to[at] = (isFirst ? from[i] : from[j]) as number;
    if (isFirst) i += 1;
    else j += 1;
  }
}
