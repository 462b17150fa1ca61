/** An EPSG code by name, as exchanged: `EPSG:4527`. */
export type CrsCode = `EPSG:${number}`;

/** What stored and exchanged geometry is in. */
export const STORAGE_CRS: CrsCode = 'EPSG:4326';

/**
 * A coordinate reference system that the product can compute with. Coordinates are always `[lng, lat]` or
 * `[easting, northing]`, whatever order the definition's axes are declared in.
 */
export interface Crs {
  /** Absent when the definition is not one of the codes known here. */
  readonly code?: CrsCode | undefined;
  readonly nameEn: string;
  readonly nameZh?: string | undefined;
  readonly kind: 'geographic' | 'projected';
  /** A PROJ string, or the WKT it was read from. */
  readonly definition: string;
  /** Metres in one unit of x and y; for geographic systems absent (degrees). */
  readonly unitM?: number | undefined;
  /** Degrees east; for transverse Mercator systems. */
  readonly centralMeridian?: number | undefined;
}
