import type { Box, IsoDate } from '../../../gis/types.ts';
import type { Layer } from '../../platform/layers.ts';
import type { Viewer } from '../../platform/viewer.ts';

export type TileLayerName = 'mines' | 'land' | 'facilities' | 'habitats' | 'occurrences' | 'findings';

/** Everybody with the same key gets the same bytes. Only the key `public` may be kept by caches outside of this process. */
export interface Audience {
  readonly key: string;
}

/** One thing to draw, as a room hands it over. */
export interface TileRow {
  /** Non-negative integer, the feature id of the map. For things with random keys it is taken from the key, so that it tells no order. */
  readonly id: number;
  /** Decides who is left out of a crowded tile: the smallest first. Points: 0. */
  readonly areaM2: number;
  readonly attributes: Readonly<Record<string, string | number | boolean | null>>;
  /** WKB, EPSG:4326. */
  readonly wkb: Uint8Array;
}

/** One layer of the map: who sees which rows of it, and within what limits. */
export interface TileSource<A extends Audience = Audience> {
  readonly layer: TileLayerName;
  readonly minZoom: number;
  readonly maxZoom: number;
  /** Features a tile holds at most. */
  readonly limit: number;
  /** Attributes and their TileJSON types. */
  readonly fields: Readonly<Record<string, 'Number' | 'String' | 'Boolean'>>;
  /** Attributes that are never whole by nature: areas. */
  readonly doubleKeys: ReadonlySet<string>;
  /** The audience is decided before anything is read; it chooses the store, not a condition in a query. */
  audienceOf(viewer: Viewer): A;
  /** Layers whose revisions together say that this audience's rows have changed. */
  revisionsOf(audience: A): readonly Layer[];
  /** A revision beside those of layers, for audiences whose rows move with less than a whole layer. */
  ownRevision?(audience: A): Promise<number>;
  /** Rows valid on `asAt` whose box meets `box`. */
  listRows(audience: A, asAt: IsoDate, box: Box): Promise<TileRow[]>;
  /** Told which features went out, where that has to be written down. */
  recordServed?(viewer: Viewer, audience: A, attributes: readonly TileRow['attributes'][]): Promise<void>;
}

/** 52 bits of a random key: enough to tell features apart, nothing to tell their order by. */
export const featureIdOf = (uuid: string): number => Number.parseInt(uuid.replaceAll('-', '').slice(0, 13), 16);
