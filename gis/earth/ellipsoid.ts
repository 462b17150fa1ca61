/**
 * The one Earth of the product: the WGS 84 ellipsoid, which CGCS2000 shares to 0.1 mm in every length used here
 * (its flattening differs in the ninth significant digit, an area effect of 1e-11). No other file measures with a radius; the
 * ellipsoid in `crs/china-offset.ts` belongs to the offset's formula.
 */

/** Equatorial radius, metres. */
export const EQUATORIAL_RADIUS_M = 6_378_137;
/** Inverse flattening of GRS 80 and CGCS2000, for definitions that others write and read. */
export const INVERSE_FLATTENING_GRS80 = 298.257222101;
/** Inverse flattening of WGS 84. */
export const INVERSE_FLATTENING_WGS84 = 298.257223563;
/** Flattening of WGS 84. */
export const FLATTENING = 1 / INVERSE_FLATTENING_WGS84;

/** Polar radius, metres. */
export const POLAR_RADIUS_M = EQUATORIAL_RADIUS_M * (1 - FLATTENING);
/** First eccentricity squared, e² = f(2 − f). */
export const ECCENTRICITY2 = FLATTENING * (2 - FLATTENING);
/** Second eccentricity squared, e'² = e² / (1 − e²). */
export const SECOND_ECCENTRICITY2 = ECCENTRICITY2 / (1 - ECCENTRICITY2);

const ECCENTRICITY = Math.sqrt(ECCENTRICITY2);

/** Authalic radius squared, m²: a sphere of this radius has the ellipsoid's surface. c² = a²/2 + b²/2 · artanh(e)/e. */
export const AUTHALIC_RADIUS2_M2 =
  (EQUATORIAL_RADIUS_M * EQUATORIAL_RADIUS_M) / 2 +
  ((POLAR_RADIUS_M * POLAR_RADIUS_M) / 2) * (Math.atanh(ECCENTRICITY) / ECCENTRICITY);

/** Surface of the whole ellipsoid, m². */
export const EARTH_AREA_M2 = 4 * Math.PI * AUTHALIC_RADIUS2_M2;

export const RADIANS_PER_DEGREE = Math.PI / 180;
