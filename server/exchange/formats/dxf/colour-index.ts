/** AutoCAD's colours 10 to 249: 24 hues of 15°, five brightnesses, each full and half pale. */
const SHADES = [1, 0.65, 0.5, 0.3, 0.15];

/** The number of the colour that comes nearest to `#rrggbb`: drawings of this version have no others. */
export function nearestColourIndex(colour: string): number {
  const wanted = [1, 3, 5].map(at => parseInt(colour.slice(at, at + 2), 16) / 255);
  let best = 7;
  let least = Infinity;
  for (let index = 10; index < 250; index++) {
    const difference = rgbOfIndex(index).reduce((sum, part, i) => sum + (part - (wanted[i] ?? 0)) ** 2, 0);
    if (difference < least) [best, least] = [index, difference];
  }
  return best;
}

/** Red, green and blue of the colours 10 to 249, 0 to 1. */
export function rgbOfIndex(index: number): readonly number[] {
  const hue = (Math.floor(index / 10) - 1) * 15;
  const value = SHADES[Math.floor((index % 10) / 2)] ?? 1;
  const saturation = index % 2 === 0 ? 1 : 0.5;
  // Hue, saturation, value to red, green, blue.
  return [5, 3, 1].map(n => {
    const k = (n + hue / 60) % 6;
    return value * (1 - saturation * Math.max(0, Math.min(k, 4 - k, 1)));
  });
}
