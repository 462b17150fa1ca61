import type { FeatureCollection } from 'geojson';
import type { GeoJSONSource, Map as GlMap, VectorTileSource } from 'maplibre-gl';
import { account, dataVersion } from '../state/access/session.ts';
import { mapAsAt } from './map-date.ts';

export const TILE_LAYERS = ['mines', 'land', 'facilities', 'habitats', 'occurrences', 'findings'] as const;
export type TileLayer = (typeof TILE_LAYERS)[number];

/** Sources that the client fills itself: what is lit, what is being drawn, what is in the way. */
export const OWN_SOURCES = [
  'graticule',
  'group',
  'focus',
  'issues',
  'conflict',
  'places',
  'imported',
  'tray',
  'drawing',
  'trouble',
  'stroke',
  'handles',
] as const;
export type OwnSource = (typeof OWN_SOURCES)[number];

export const NO_FEATURES: FeatureCollection = { type: 'FeatureCollection', features: [] };

/** Reads signals: whoever calls this in an effect is called again when the address changes. */
function tileUrl(layer: TileLayer): string {
  const version = `${account.value?.id ?? 0}.${dataVersion.value}`;
  return `${location.origin}/tiles/${layer}/{z}/{x}/{y}.mvt?asAt=${mapAsAt.value}&v=${version}`;
}

export function addSources(map: GlMap): void {
  for (const layer of TILE_LAYERS) {
    map.addSource(layer, { type: 'vector', tiles: [tileUrl(layer)], minzoom: 0, maxzoom: 16 });
  }
  for (const id of OWN_SOURCES) map.addSource(id, { type: 'geojson', data: NO_FEATURES });
}

/** New tiles where the address has changed; the old ones stay until the new ones are there. */
export function refreshTiles(map: GlMap): void {
  for (const layer of TILE_LAYERS) {
    const url = tileUrl(layer);
    const source = map.getSource<VectorTileSource>(layer);
    if (source !== undefined && source.tiles?.[0] !== url) source.setTiles([url]);
  }
}

export function setData(map: GlMap, id: OwnSource, data: FeatureCollection): void {
  void map.getSource<GeoJSONSource>(id)?.setData(data);
}
