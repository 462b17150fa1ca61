import type { GisError } from '../../../gis/errors.ts';

const FAULTS: Readonly<Record<string, string>> = {
  'raster-unreadable': 'is not a GeoTIFF that can be read',
  'raster-truncated': 'is cut short',
  'raster-directory-loop': 'has directories that run in a circle',
  'raster-crs-missing': 'names no coordinate system or place',
  'raster-crs-unsupported': 'is in a coordinate system that is not supported',
  'raster-rotated': 'is rotated or upside down; only north-up rasters are measured',
  'raster-too-large': 'claims more cells than can be measured',
  'raster-block-too-large': 'has a block that is too large',
  'raster-too-many-blocks': 'claims too many blocks',
  'raster-band-missing': 'does not have the band asked for',
  'raster-http': 'cannot be fetched',
  'crs-unreadable': 'is in a coordinate system that cannot be read',
  'crs-unsupported': 'is in a coordinate system that is not supported',
  'crs-datum-parameters-required':
    'is on a datum that needs shift parameters of your own (--zones-towgs84, --raster-towgs84)',
  'zonal-too-many-classes': 'has too many different values to be classes',
};

/** A fault of a raster in words, with the details in brackets. */
export function describeRasterFault(error: GisError): string {
  const details = Object.entries(error.params)
    .filter(([name, value]) => name !== 'url' && (typeof value === 'string' || typeof value === 'number'))
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');
  return `${FAULTS[error.code] ?? error.code}${details === '' ? '' : ` (${details})`}`;
}
