import type { FilterSpecification, LayerSpecification } from 'maplibre-gl';
import type { MapTheme } from '../theme.ts';

const ROWS: FilterSpecification = ['all', ['has', 'row'], ['!', ['has', 'isBroken']]];

/** Rows of a file that is being examined, and where its findings are. */
export function importedLayers(theme: MapTheme): LayerSpecification[] {
  return [
    {
      id: 'imported-fill',
      type: 'fill',
      source: 'imported',
      filter: ROWS,
      paint: { 'fill-color': theme.accent, 'fill-opacity': 0.22 },
    },
    {
      id: 'imported-line',
      type: 'line',
      source: 'imported',
      filter: ROWS,
      paint: { 'line-color': theme.accent, 'line-width': 2.2 },
    },
    {
      id: 'imported-broken',
      type: 'line',
      source: 'imported',
      filter: ['has', 'isBroken'],
      paint: { 'line-color': theme.danger, 'line-width': 2, 'line-dasharray': [3, 2] },
    },
    {
      id: 'imported-dot',
      type: 'circle',
      source: 'imported',
      filter: ['==', ['geometry-type'], 'Point'],
      paint: {
        'circle-radius': 9,
        'circle-color': ['match', ['get', 'severity'], 'error', theme.danger, theme.earth],
        'circle-stroke-color': theme.halo,
        'circle-stroke-width': 2,
      },
    },
    {
      id: 'imported-number',
      type: 'symbol',
      source: 'imported',
      filter: ['==', ['geometry-type'], 'Point'],
      layout: {
        'text-field': ['get', 'number'],
        'text-size': 11,
        'text-allow-overlap': true,
        'text-ignore-placement': true,
      },
      paint: { 'text-color': theme.halo },
    },
  ];
}
