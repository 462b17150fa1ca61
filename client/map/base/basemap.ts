import type { FeatureCollection } from 'geojson';
import type { StyleSpecification } from 'maplibre-gl';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import landCoarseUrl from 'world-atlas/land-110m.json?url';
import landUrl from 'world-atlas/land-50m.json?url';
import type { BaseMapSetting } from '../../api/shapes/session.ts';
import type { MapTheme } from '../theme.ts';

/** Ids of what the built-in base map draws; an operator's own style has none of them. */
export const BASE_LAYERS = ['base-water', 'base-land', 'base-coast'] as const;

async function readLand(url: string): Promise<FeatureCollection> {
  const topology = (await (await fetch(url)).json()) as Topology<{ land: GeometryCollection }>;
  return feature(topology, topology.objects.land);
}

/**
 * Coasts of the world from Natural Earth, part of the product: the coarse ones draw at once, the fine ones when the map
 * has nothing better to do.
 */
export async function loadLand(
  show: (land: FeatureCollection) => void,
  whenIdle: () => Promise<unknown>,
): Promise<void> {
  show(await readLand(landCoarseUrl));
  await whenIdle();
  show(await readLand(landUrl));
}

/**
 * The style to begin with: land and water without political boundaries and without an outside server, or the operator's
 * own style or tiles where the settings name one.
 */
export function baseStyle(setting: BaseMapSetting, theme: MapTheme): StyleSpecification | string {
  if (setting.kind === 'style') return setting.url;
  const style: StyleSpecification = {
    version: 8,
    sources: {
      'base-land': { type: 'geojson', data: { type: 'FeatureCollection', features: [] }, maxzoom: 8, tolerance: 0.2 },
    },
    layers: [
      { id: 'base-water', type: 'background', paint: { 'background-color': theme.water } },
      {
        id: 'base-land',
        type: 'fill',
        source: 'base-land',
        paint: { 'fill-color': theme.land, 'fill-antialias': false },
      },
      { id: 'base-coast', type: 'line', source: 'base-land', paint: { 'line-color': theme.coast, 'line-width': 0.8 } },
    ],
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
