/** Vocabulary shared by every part of the core. Arrays of coordinates are `[lng, lat]` in degrees, EPSG:4326, unless a `crs` travels with them. */

/** `[lng, lat]` in degrees or `[x, y]` in metres of the accompanying CRS. */
export type Position = readonly [number, number];
/** Closed: the first position is repeated as the last one; at least four positions. */
export type Ring = readonly Position[];
/** Outer ring, then holes. */
export type PolygonRings = readonly Ring[];

export interface Polygon {
  readonly type: 'Polygon';
  readonly coordinates: PolygonRings;
}
export interface MultiPolygon {
  readonly type: 'MultiPolygon';
  readonly coordinates: readonly PolygonRings[];
}
export type Polygonal = Polygon | MultiPolygon;

/** `[west, south, east, north]`. */
export type Box = readonly [west: number, south: number, east: number, north: number];

/** Bad but describable input: returned, never thrown. `code` is worded by the client and by the server in both languages. */
export interface Issue {
  readonly code: string;
  readonly severity: 'error' | 'warning' | 'info';
  readonly position?: Position;
  /** Where in the geometry: part, ring and vertex, counted from 0. */
  readonly path?: { readonly part: number; readonly ring?: number; readonly vertex?: number };
  readonly params?: Readonly<Record<string, unknown>>;
}

/** A calendar date `YYYY-MM-DD`; never a JS `Date`. */
export type IsoDate = string;
