import { clamp, fractalNoise, ridgedNoise, type PlaneField } from './noise.ts';
import { seedOf } from './random.ts';

/** The kind of country that a site lies in. */
export type Country = 'hills' | 'mountains' | 'karst' | 'plateau' | 'valley' | 'foothills';

/** Height of the natural ground in metres above the site's own datum; relief of 60 m (foothills) to 600 m (mountains). */
export function reliefOf(siteCode: string, country: Country): PlaneField {
  const seed = seedOf(`${siteCode}/relief`);
  const rolling = fractalNoise(seed, 1900, 5);
  const crests = ridgedNoise(seed + 7, 2300, 4);
  switch (country) {
    case 'hills':
      return (xM, yM) => 70 * rolling(xM, yM) + 60 * crests(xM, yM);
    case 'mountains':
      return (xM, yM) => 150 * rolling(xM, yM) + 260 * crests(xM, yM) + 0.06 * yM;
    case 'karst': {
      const cones = fractalNoise(seed + 13, 520, 3, 0.45);
      // Cone karst: steep hills standing on a flat floor.
      return (xM, yM) => 110 * clamp(cones(xM, yM) * 1.9 - 0.1, 0, 1) + 25 * rolling(xM, yM);
    }
    case 'plateau':
      return (xM, yM) => 45 * rolling(xM, yM) + 110 * clamp(crests(xM, yM) - 0.55, 0, 1) + 0.03 * xM;
    case 'valley':
      return (xM, yM) => 0.00011 * (xM - 0.25 * yM) ** 2 * 0.6 + 0.05 * yM + 55 * rolling(xM, yM) + 40 * crests(xM, yM);
    case 'foothills':
      return (xM, yM) => 34 * rolling(xM, yM) + 0.022 * yM + 18 * crests(xM, yM);
  }
}
