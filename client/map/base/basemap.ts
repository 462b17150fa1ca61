import type { FeatureCollection } from 'geojson';
import type {
  GeoJSONSource,
  GeoJSONSourceSpecification,
  LayerSpecification,
  Map as GlMap,
  StyleSpecification,
} from 'maplibre-gl';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import landCoarseUrl from 'world-atlas/land-110m.json?url';
import landUrl from 'world-atlas/land-50m.json?url';
import type { BaseMapSetting } from '../../api/shapes/session.ts';
import type { MapTheme } from '../theme.ts';

async function readLand(url: string): Promise<FeatureCollection> {
  const topology = (await (await fetch(url)).json()) as Topology<{ land: GeometryCollection }>;
  return feature(topology, topology.objects.land);
}

/**
 * Coasts of the world from Natural Earth, part of the product: the coarse ones draw at once, the fine ones when the map
 * has nothing better to do. Without them the map still shows everything that is the product's own.
 */
export function showLand(map: GlMap): void {
  const show = async (url: string): Promise<void> => {
    const land = await readLand(url);
    void map.getSource<GeoJSONSource>(BUILT_IN_SOURCE.id)?.setData(land);
  };
  show(landCoarseUrl)
    .then(() => map.once('idle'))
    .then(() => show(landUrl))
    .catch(() => undefined);
}

export const BUILT_IN_SOURCE = {
  id: 'base-land',
  source: {
    type: 'geojson',
    data: { type: 'FeatureCollection', features: [] },
    maxzoom: 8,
    tolerance: 0.2,
    attribution: 'Natural Earth',
  },
} as const satisfies { id: string; source: GeoJSONSourceSpecification };

/** Water, land and coasts, from the bottom up. */
export function builtInLayers(theme: MapTheme): LayerSpecification[] {
  const source = BUILT_IN_SOURCE.id;
  return [
    { id: 'base-water', type: 'background', paint: { 'background-color': theme.water } },
    { id: 'base-land', type: 'fill', source, paint: { 'fill-color': theme.land, 'fill-antialias': false } },
    { id: 'base-coast', type: 'line', source, paint: { 'line-color': theme.coast, 'line-width': 0.8 } },
  ];
}

/**
 * The style to begin with: land and water without political boundaries and without an outside server, or the operator's
 * own style or tiles where the settings name one.
 */
export function baseStyle(setting: BaseMapSetting, theme: MapTheme): StyleSpecification | string {
  if (setting.kind === 'style') return setting.url;
  const style: StyleSpecification = {
    version: 8,
    sources: { [BUILT_IN_SOURCE.id]: BUILT_IN_SOURCE.source },
    layers: builtInLayers(theme),
  };
  if (setting.kind === 'xyz') {
    style.sources['base-tiles'] = {
      type: 'raster',
      tiles: [setting.url],
      tileSize: 256,
      ...(setting.attribution === undefined ? {} : { attribution: setting.attribution }),
    };
    style.layers.push({ id: 'base-tiles', type: 'raster', source: 'base-tiles' });
  }
  return style;
}
