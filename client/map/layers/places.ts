import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { Locale } from '../../i18n/locale.ts';
import { FACILITY_ICONS } from '../images.ts';
import type { MapTheme } from '../theme.ts';

/** The name in the reader's language, or the other one. Read on the device: no glyph server is asked. */
const nameExpression = (locale: Locale): ExpressionSpecification =>
  locale === 'en'
    ? ['coalesce', ['get', 'nameEn'], ['get', 'nameZh'], '']
    : ['coalesce', ['get', 'nameZh'], ['get', 'nameEn'], ''];

const facilityIcon: ExpressionSpecification = [
  'match',
  ['get', 'type'],
  FACILITY_ICONS,
  ['concat', 'facility-', ['get', 'type']],
  'facility-other',
];

const label = (theme: MapTheme, locale: Locale) => ({
  layout: {
    'text-field': nameExpression(locale),
    'text-size': 12,
    'text-max-width': 8,
    'text-padding': 6,
  },
  paint: { 'text-color': theme.ink, 'text-halo-color': theme.halo, 'text-halo-width': 1.6 },
});

export function facilityLayers(theme: MapTheme, locale: Locale): LayerSpecification[] {
  const { layout, paint } = label(theme, locale);
  return [
    {
      id: 'facilities-fill',
      type: 'fill',
      source: 'facilities',
      'source-layer': 'facilities',
      minzoom: 9,
      paint: { 'fill-color': theme.ink, 'fill-opacity': 0.07 },
    },
    {
      id: 'facilities-line',
      type: 'line',
      source: 'facilities',
      'source-layer': 'facilities',
      minzoom: 9,
      paint: { 'line-color': theme.ink, 'line-width': 1.2, 'line-dasharray': [1.5, 1.5] },
    },
    {
      id: 'facilities-symbol',
      type: 'symbol',
      source: 'places',
      minzoom: 10,
      filter: ['==', ['get', 'kind'], 'facility'],
      layout: {
        ...layout,
        'icon-image': facilityIcon,
        'text-offset': [0, 1.1],
        'text-anchor': 'top',
        'text-optional': true,
        'icon-allow-overlap': false,
      },
      paint,
    },
  ];
}

export function natureLayers(theme: MapTheme, locale: Locale): LayerSpecification[] {
  const { layout, paint } = label(theme, locale);
  return [
    {
      id: 'habitats-fill',
      type: 'fill',
      source: 'habitats',
      'source-layer': 'habitats',
      minzoom: 8,
      paint: { 'fill-pattern': 'habitat-hatch' },
    },
    {
      id: 'habitats-line',
      type: 'line',
      source: 'habitats',
      'source-layer': 'habitats',
      minzoom: 8,
      paint: { 'line-color': theme.habitat, 'line-width': 1.6 },
    },
    {
      id: 'habitats-label',
      type: 'symbol',
      source: 'places',
      minzoom: 11,
      filter: ['==', ['get', 'kind'], 'habitat'],
      layout,
      paint: { ...paint, 'text-color': theme.habitat },
    },
    {
      id: 'occurrences-dot',
      type: 'circle',
      source: 'occurrences',
      'source-layer': 'occurrences',
      minzoom: 9,
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 9, 3, 14, 6],
        'circle-color': theme.habitat,
        'circle-stroke-color': theme.halo,
        'circle-stroke-width': 1.6,
      },
    },
    {
      id: 'occurrences-label',
      type: 'symbol',
      source: 'occurrences',
      'source-layer': 'occurrences',
      minzoom: 12.5,
      layout: { ...layout, 'text-offset': [0, 0.9], 'text-anchor': 'top', 'text-size': 11 },
      paint: { ...paint, 'text-color': theme.habitat },
    },
  ];
}
