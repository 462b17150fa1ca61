import { clamp, fractalNoise, type PlaneField } from './noise.ts';

/** An oblong in the local plane whose outline noise and relief bend. */
export interface Oblong {
  /** Metres east and north of the site's centre. */
  readonly centreM: readonly [number, number];
  readonly halfLengthM: number;
  readonly halfWidthM: number;
  /** Direction of the long axis; any length. */
  readonly heading: readonly [number, number];
  /** Metres of outline that a metre of relief moves inwards: positive keeps to low ground, negative to high ground. */
  readonly reliefPull: number;
}

/** Metres along and across an oblong's axis, from its centre. */
export function axesOf(oblong: Oblong): { readonly along: PlaneField; readonly across: PlaneField } {
  const norm = Math.sqrt(oblong.heading[0] ** 2 + oblong.heading[1] ** 2);
  const [dx, dy] = [oblong.heading[0] / norm, oblong.heading[1] / norm];
  const [cx, cy] = oblong.centreM;
  return {
    along: (xM, yM) => (xM - cx) * dx + (yM - cy) * dy,
    across: (xM, yM) => (yM - cy) * dx - (xM - cx) * dy,
  };
}

/** Roughly the metres outside the outline, negative inside. */
export function outlineField(seed: number, oblong: Oblong, relief: PlaneField): PlaneField {
  const sizeM = Math.min(oblong.halfLengthM, oblong.halfWidthM);
  const bays = fractalNoise(seed, sizeM * 1.15, 5, 0.56);
  const { along, across } = axesOf(oblong);
  const heightAtCentre = relief(...oblong.centreM);
  return (xM, yM) => {
    const distance = Math.sqrt((along(xM, yM) / oblong.halfLengthM) ** 2 + (across(xM, yM) / oblong.halfWidthM) ** 2);
    const pull = clamp((relief(xM, yM) - heightAtCentre) * oblong.reliefPull, -0.35 * sizeM, 0.35 * sizeM);
    return (distance - 1) * sizeM + 0.62 * sizeM * bays(xM, yM) + pull;
  };
}

/** Half the side of a square around an oblong's centre that surely holds its outline, metres. */
export function reachOf(oblong: Oblong): number {
  const sizeM = Math.min(oblong.halfLengthM, oblong.halfWidthM);
  return Math.max(oblong.halfLengthM, oblong.halfWidthM) + 0.8 * sizeM + 40;
}
