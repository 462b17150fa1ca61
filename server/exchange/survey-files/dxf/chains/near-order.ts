const BITS = 10;
const CELLS = 2 ** BITS - 1;

/** Indexes of places, x and y alternating, in the order of a Morton curve: trees of boxes want near items to follow each other. */
export function nearOrder(places: Float64Array): number[] {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < places.length; i += 2) {
    const [x, y] = [places[i] as number, places[i + 1] as number];
    [west, south, east, north] = [Math.min(west, x), Math.min(south, y), Math.max(east, x), Math.max(north, y)];
  }
  const size = Math.max(east - west, north - south) / CELLS || 1;
  const along = new Float64Array(places.length / 2);
  for (let i = 0; i < along.length; i++) {
    const [x, y] = [places[2 * i] as number, places[2 * i + 1] as number];
    along[i] = spread((x - west) / size) + 2 * spread((y - south) / size);
  }
  return Array.from(along.keys()).sort((a, b) => (along[a] as number) - (along[b] as number));
}

/** The bits of a number with a place left free after each. */
function spread(value: number): number {
  let result = 0;
  for (let bit = 0; bit < BITS; bit++) result += ((value >> bit) & 1) * 4 ** bit;
  return result;
}
