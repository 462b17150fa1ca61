import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import { STAGE_STYLE } from '../../ui/stage-style.ts';
import { STAGE_PATTERNS } from '../images.ts';
import type { MapTheme } from '../theme.ts';

const stageColor: ExpressionSpecification = [
  'match',
  ['get', 'stage'],
  ...(Object.entries(STAGE_STYLE).flatMap(([stage, { fill }]) => [stage, fill]) as [string, string]),
  '#999999',
];

/** Land cells: colour by stage, a pattern for three of them, a hair line between cells. */
export function landLayers(theme: MapTheme): LayerSpecification[] {
  return [
    {
      id: 'land-fill',
      type: 'fill',
      source: 'land',
      'source-layer': 'land',
      minzoom: 8,
      paint: { 'fill-color': stageColor, 'fill-opacity': 0.8 },
    },
    ...STAGE_PATTERNS.map(([stage, image]): LayerSpecification => ({
      id: `land-pattern-${stage}`,
      type: 'fill',
      source: 'land',
      'source-layer': 'land',
      minzoom: 10,
      filter: ['==', ['get', 'stage'], stage],
      paint: { 'fill-pattern': image },
    })),
    {
      id: 'land-line',
      type: 'line',
      source: 'land',
      'source-layer': 'land',
      minzoom: 11,
      paint: {
        'line-color': theme.halo,
        'line-width': ['interpolate', ['linear'], ['zoom'], 11, 0.2, 15, 1],
        'line-opacity': 0.8,
      },
    },
  ];
}
