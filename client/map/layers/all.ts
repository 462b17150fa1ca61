import type { LayerSpecification, Map as GlMap } from 'maplibre-gl';
import type { Locale } from '../../i18n/locale.ts';
import type { LayerId } from '../../state/view.ts';
import type { MapTheme } from '../theme.ts';
import { boundaryLayers } from './boundaries.ts';
import { importedLayers } from './imported.ts';
import { drawingLayers } from './drawing.ts';
import { landLayers } from './land.ts';
import { graticuleLayers, groupLines, groupVeil, issueLayers, overlayLayers } from './overlay.ts';
import { facilityLayers, natureLayers } from './places.ts';

/** Everything over the base map, from the bottom up. Scenes go in right above the graticule. */
export function allLayers(theme: MapTheme, locale: Locale): LayerSpecification[] {
  const facilities = facilityLayers(theme, locale);
  const overlay = overlayLayers(theme);
  return [
    ...graticuleLayers(theme),
    ...landLayers(theme),
    groupVeil(theme),
    ...natureLayers(theme, locale).filter(layer => layer.type !== 'symbol'),
    ...boundaryLayers(theme),
    ...facilities.filter(layer => layer.type !== 'symbol'),
    ...groupLines(theme),
    ...overlay.filter(layer => layer.type !== 'symbol'),
    // Names stay readable where the outline of what is lit passes.
    ...facilities.filter(layer => layer.type === 'symbol'),
    ...natureLayers(theme, locale).filter(layer => layer.type === 'symbol'),
    ...overlay.filter(layer => layer.type === 'symbol'),
    ...importedLayers(theme),
    ...drawingLayers(theme),
    ...issueLayers(theme),
  ];
}

export const FIRST_ABOVE_SCENE = 'land-fill';

const BELONGS: readonly (readonly [prefix: string, layer: LayerId])[] = [
  ['land-', 'land'],
  ['boundaries-', 'boundaries'],
  ['facilities-', 'facilities'],
  ['habitats-', 'habitats'],
  ['occurrences-', 'occurrences'],
  ['findings-', 'findings'],
];

/** Shows and hides by the person's choice. */
export function applyVisibility(map: GlMap, visible: ReadonlySet<LayerId>): void {
  for (const id of map.getLayersOrder()) {
    const owner = BELONGS.find(([prefix]) => id.startsWith(prefix))?.[1];
    if (owner !== undefined) map.setLayoutProperty(id, 'visibility', visible.has(owner) ? 'visible' : 'none');
  }
}

/** New language or new light: the same layers with other words or colours. */
export function restyle(map: GlMap, theme: MapTheme, locale: Locale): void {
  for (const layer of allLayers(theme, locale)) {
    if (map.getLayer(layer.id) === undefined) continue;
    for (const [name, value] of Object.entries(layer.paint ?? {}))
      map.setPaintProperty(layer.id, name as never, value as never);
    if (layer.type === 'symbol' && layer.layout?.['text-field'] !== undefined) {
      map.setLayoutProperty(layer.id, 'text-field', layer.layout['text-field']);
    }
  }
  const base = {
    'base-water': ['background-color', theme.water],
    'base-land': ['fill-color', theme.land],
    'base-coast': ['line-color', theme.coast],
  } as const;
  for (const [id, [name, color]] of Object.entries(base)) if (map.getLayer(id)) map.setPaintProperty(id, name, color);
}
