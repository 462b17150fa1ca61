import { t } from '../i18n/t.ts';

/** MapLibre's own words, in the language in which the map was opened. */
export const mapWords = (): Record<string, string> => ({
  'Map.Title': t('map.title'),
  'NavigationControl.ZoomIn': t('map.zoomIn'),
  'NavigationControl.ZoomOut': t('map.zoomOut'),
  'AttributionControl.ToggleAttribution': t('map.attribution'),
  'ScaleControl.Kilometers': 'km',
  'ScaleControl.Meters': 'm',
});
