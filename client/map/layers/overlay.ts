import type { LayerSpecification } from 'maplibre-gl';
import type { MapTheme } from '../theme.ts';

/** What lies under everything: the lines of longitude and latitude. */
export function graticuleLayers(theme: MapTheme): LayerSpecification[] {
  return [
    {
      id: 'graticule-line',
      type: 'line',
      source: 'graticule',
      paint: { 'line-color': theme.graticule, 'line-width': 0.7 },
    },
    {
      id: 'graticule-label',
      type: 'symbol',
      source: 'graticule',
      layout: {
        'symbol-placement': 'line',
        'symbol-spacing': 420,
        'text-field': ['get', 'label'],
        'text-size': 10.5,
        'text-letter-spacing': 0.06,
        'text-padding': 24,
      },
      paint: { 'text-color': theme.graticuleText, 'text-halo-color': theme.land, 'text-halo-width': 1.4 },
    },
  ];
}

/** A veil over the land of an opened number, beneath names and lines, so that both stay readable. */
export function groupVeil(theme: MapTheme): LayerSpecification {
  return {
    id: 'group-fill',
    type: 'fill',
    source: 'group',
    paint: { 'fill-color': theme.accent, 'fill-opacity': 0.2 },
  };
}

/** The borders of that land: over the lines of the map, beneath its names. */
export function groupLines(theme: MapTheme): LayerSpecification[] {
  return [
    { id: 'group-halo', type: 'line', source: 'group', paint: { 'line-color': theme.halo, 'line-width': 4 } },
    { id: 'group-line', type: 'line', source: 'group', paint: { 'line-color': theme.ink, 'line-width': 1.6 } },
  ];
}

/** What lies over everything: findings, the one that is lit, conflicts and faults of a drawing. */
export function overlayLayers(theme: MapTheme): LayerSpecification[] {
  return [
    {
      id: 'findings-fill',
      type: 'fill',
      source: 'findings',
      'source-layer': 'findings',
      minzoom: 9,
      paint: { 'fill-pattern': 'finding-hatch' },
    },
    {
      id: 'findings-line',
      type: 'line',
      source: 'findings',
      'source-layer': 'findings',
      minzoom: 9,
      paint: { 'line-color': theme.danger, 'line-width': 1.4 },
    },
    {
      id: 'conflict-theirs',
      type: 'fill',
      source: 'conflict',
      filter: ['!=', ['get', 'side'], 'mine'],
      paint: { 'fill-pattern': 'finding-hatch' },
    },
    {
      id: 'conflict-mine',
      type: 'fill',
      source: 'conflict',
      filter: ['!=', ['get', 'side'], 'theirs'],
      paint: { 'fill-pattern': 'mine-hatch' },
    },
    {
      id: 'conflict-line',
      type: 'line',
      source: 'conflict',
      paint: {
        'line-color': ['match', ['get', 'side'], 'mine', theme.accent, theme.danger],
        'line-width': ['case', ['get', 'kept'], 3.2, 1.4],
      },
    },
    {
      id: 'conflict-number',
      type: 'symbol',
      source: 'conflict',
      layout: { 'text-field': ['get', 'label'], 'text-size': 17, 'text-allow-overlap': true },
      paint: { 'text-color': theme.ink, 'text-halo-color': theme.halo, 'text-halo-width': 4 },
    },
    {
      id: 'focus-halo',
      type: 'line',
      source: 'focus',
      paint: { 'line-color': theme.halo, 'line-width': 7, 'line-opacity': 0.9 },
    },
    { id: 'focus-line', type: 'line', source: 'focus', paint: { 'line-color': theme.accent, 'line-width': 3 } },
    {
      id: 'focus-point',
      type: 'circle',
      source: 'focus',
      filter: ['==', ['geometry-type'], 'Point'],
      paint: {
        'circle-radius': 10,
        'circle-color': 'rgba(0,0,0,0)',
        'circle-stroke-color': theme.accent,
        'circle-stroke-width': 3,
      },
    },
  ];
}

/** Faults of a drawing where they are, with their number in the list and what they say. */
export function issueLayers(theme: MapTheme): LayerSpecification[] {
  return [
    {
      id: 'issues-dot',
      type: 'circle',
      source: 'issues',
      paint: {
        'circle-radius': 9,
        'circle-color': ['match', ['get', 'severity'], 'error', theme.danger, theme.earth],
        'circle-stroke-color': theme.halo,
        'circle-stroke-width': 2,
      },
    },
    {
      id: 'issues-number',
      type: 'symbol',
      source: 'issues',
      layout: {
        'text-field': ['get', 'number'],
        'text-size': 11,
        'text-allow-overlap': true,
        'text-ignore-placement': true,
      },
      paint: { 'text-color': theme.halo },
    },
    {
      id: 'issues-text',
      type: 'symbol',
      source: 'issues',
      layout: {
        'text-field': ['get', 'text'],
        'text-size': 12,
        'text-max-width': 16,
        'text-variable-anchor': ['left', 'right', 'top', 'bottom'],
        'text-radial-offset': 1.1,
        'text-justify': 'auto',
        'text-optional': true,
      },
      paint: { 'text-color': theme.ink, 'text-halo-color': theme.halo, 'text-halo-width': 2 },
    },
  ];
}
