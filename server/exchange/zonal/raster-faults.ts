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
  'crs-unreadable': 'is in a coordinate system that cannot be read',
  'position-outside-crs': 'reaches beyond what its coordinate system can hold',
  'crs-unsupported': 'is in a coordinate system that is not supported',
  'crs-datum-parameters-required':
    'is on a datum that needs shift parameters of your own (--zones-towgs84, --raster-towgs84)',
  'no-webassembly': 'cannot be measured where WebAssembly is switched off',
  'zonal-too-many-classes': 'has too many different values to be classes',
};

/** Why a resource cannot be fetched, by the source's reason. */
const HTTP_FAULTS: Readonly<Record<string, string>> = {
  unreachable: 'its server cannot be reached',
  timeout: 'its server answers too slowly',
  'no-range-requests': 'its server sends the whole file only, not parts of it (HTTP range requests); download it first',
  'no-content-range': 'its server does not say which part of the file it sent',
  'wrong-range': 'its server sent another part of the file than was asked for',
  truncated: 'its server broke off in the middle',
  changed: 'it was changed while it was being read',
  compressed: 'its server compresses what it sends, so that parts of the file cannot be asked for',
  'status 401': 'its server wants a password: status 401',
  'status 403': 'its server does not let it out: status 403',
  'status 404': 'there is no such file: status 404',
  'status 416': 'its server has no such part of it, the file is empty perhaps: status 416',
};

/** A fault of a raster in words, with the details in brackets. */
export function describeRasterFault(error: GisError): string {
  if (error.code === 'raster-http') {
    const reason = String(error.params['reason']);
    return `cannot be fetched: ${HTTP_FAULTS[reason] ?? `its server answered with ${reason}`}`;
  }
  const details = Object.entries(error.params)
    .filter(([name, value]) => name !== 'url' && (typeof value === 'string' || typeof value === 'number'))
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(', ');
  return `${FAULTS[error.code] ?? error.code}${details === '' ? '' : ` (${details})`}`;
}
