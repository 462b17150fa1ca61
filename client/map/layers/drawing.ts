import type { LayerSpecification } from 'maplibre-gl';
import type { MapTheme } from '../theme.ts';

/** What is being drawn, over everything: its land, its rings, its corners, and the ground where it is wrong. */
export function drawingLayers(theme: MapTheme): LayerSpecification[] {
  const ring = ['match', ['get', 'role'], 'hole', theme.danger, theme.accent] as unknown as string;
  return [
    {
      id: 'tray-fill',
      type: 'fill',
      source: 'tray',
      paint: { 'fill-color': theme.earth, 'fill-opacity': 0.16 },
    },
    {
      id: 'tray-line',
      type: 'line',
      source: 'tray',
      paint: { 'line-color': theme.earth, 'line-width': 2, 'line-dasharray': [2, 1.5] },
    },
    {
      id: 'drawing-fill',
      type: 'fill',
      source: 'drawing',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': ring, 'fill-opacity': ['match', ['get', 'role'], 'hole', 0.14, 0.2] },
    },
    { id: 'trouble-fill', type: 'fill', source: 'trouble', paint: { 'fill-pattern': 'finding-hatch' } },
    { id: 'drawing-halo', type: 'line', source: 'drawing', paint: { 'line-color': theme.halo, 'line-width': 5 } },
    {
      id: 'drawing-line',
      type: 'line',
      source: 'drawing',
      paint: { 'line-color': ring, 'line-width': ['case', ['get', 'chosen'], 3, 2] },
    },
    {
      id: 'stroke-halo',
      type: 'line',
      source: 'stroke',
      paint: { 'line-color': theme.halo, 'line-width': 5 },
    },
    { id: 'stroke-line', type: 'line', source: 'stroke', paint: { 'line-color': theme.accent, 'line-width': 2.5 } },
    {
      id: 'handles-dot',
      type: 'circle',
      source: 'handles',
      paint: {
        'circle-radius': ['match', ['get', 'kind'], 'middle', 4, 'chosen', 8, 6],
        'circle-color': ['match', ['get', 'kind'], 'middle', theme.accent, 'chosen', theme.accent, theme.halo],
        'circle-stroke-color': ['match', ['get', 'kind'], 'middle', theme.halo, 'chosen', theme.halo, theme.accent],
        'circle-stroke-width': ['match', ['get', 'kind'], 'middle', 1.5, 2.5],
      },
    },
  ];
}
