import type { ColourStop } from '../indices.ts';
import type { Palette } from './png.ts';

/** Place 0 is transparent; 1 to 255 run evenly from `min` to `max`. */
const TRANSPARENT = 0;
const STEPS = 254;

const channel = (color: string, at: number): number => Number.parseInt(color.slice(at, at + 2), 16);

/** Linear between the stops, channel by channel. */
export function buildPalette(min: number, max: number, stops: readonly ColourStop[]): Palette {
  const palette = new Uint8Array(256 * 4);
  for (let place = 1; place < 256; place++) {
    const value = min + ((place - 1) / STEPS) * (max - min);
    const above = Math.max(
      1,
      stops.findIndex(stop => stop.value >= value - 1e-12),
    );
    const from = stops[above - 1] as ColourStop;
    const to = stops[above] ?? from;
    const t = to.value === from.value ? 0 : Math.min(1, Math.max(0, (value - from.value) / (to.value - from.value)));
    for (let part = 0; part < 3; part++) {
      const start = channel(from.color, 1 + 2 * part);
      palette[place * 4 + part] = Math.round(start + (channel(to.color, 1 + 2 * part) - start) * t);
    }
    palette[place * 4 + 3] = 255;
  }
  return palette;
}

/** The place of a value in such a palette; NaN is transparent, values beyond the ends take the end. */
export function placeOf(value: number, min: number, max: number): number {
  if (Number.isNaN(value)) return TRANSPARENT;
  const t = (value - min) / (max - min);
  return 1 + Math.round((t < 0 ? 0 : t > 1 ? 1 : t) * STEPS);
}
