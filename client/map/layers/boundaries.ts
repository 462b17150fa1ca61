import type { LayerSpecification } from 'maplibre-gl';
import type { BoundaryKind } from '../../api/shapes/codes.ts';
import type { MapTheme } from '../theme.ts';

interface LineStyle {
  readonly color: (theme: MapTheme) => string;
  readonly width: number;
  readonly dash?: readonly number[] | undefined;
}

/** Each kind has its own rhythm of dashes, so that they can be told apart in black and white. */
const BOUNDARY_LINES: Readonly<Record<BoundaryKind, LineStyle>> = {
  LICENCE: { color: theme => theme.ink, width: 2 },
  RESP: { color: theme => theme.ink, width: 1.6, dash: [4, 2] },
  RECLZONE: { color: theme => theme.earth, width: 1.6, dash: [2, 1.5] },
  APPRLIM: { color: theme => theme.danger, width: 1.8, dash: [6, 2, 1, 2] },
  SURFRIGHT: { color: theme => theme.earth, width: 1.4 },
  PROJECT: { color: theme => theme.ink, width: 1.2, dash: [1, 1.6] },
  ECO: { color: theme => theme.eco, width: 2.4, dash: [8, 2, 2, 2] },
  NR: { color: theme => theme.eco, width: 2.4 },
  PBF: { color: theme => theme.earth, width: 2.2, dash: [1, 2] },
};

export function boundaryLayers(theme: MapTheme): LayerSpecification[] {
  return [
    {
      id: 'boundaries-halo',
      type: 'line',
      source: 'mines',
      'source-layer': 'mines',
      minzoom: 9,
      layout: { 'line-join': 'round' },
      paint: { 'line-color': theme.halo, 'line-width': 4.5, 'line-opacity': 0.75 },
    },
    ...Object.entries(BOUNDARY_LINES).map(([kind, { color, width, dash }]): LayerSpecification => ({
      id: `boundaries-${kind}`,
      type: 'line',
      source: 'mines',
      'source-layer': 'mines',
      minzoom: 7,
      filter: ['==', ['get', 'kind'], kind],
      layout: { 'line-join': 'round' },
      paint: {
        'line-color': color(theme),
        'line-width': ['interpolate', ['linear'], ['zoom'], 8, width * 0.6, 14, width],
        ...(dash === undefined ? {} : { 'line-dasharray': [...dash] }),
      },
    })),
  ];
}
