import { GisError } from '../../../gis/errors.ts';
import { AppError } from '../../platform/errors.ts';
import { IMAGERY_LIMITS } from '../scenes/limits.ts';

/** Codes of the core that mean the same to a user as another one. */
const SAME_AS: Readonly<Record<string, string>> = {
  'raster-directory-loop': 'raster-unreadable',
  'raster-too-many-blocks': 'raster-unreadable',
  'raster-block-outside': 'raster-unreadable',
  'crs-unreadable': 'raster-crs-unsupported',
  'crs-unsupported': 'raster-crs-unsupported',
  'crs-datum-parameters-required': 'raster-crs-needs-parameters',
  'position-outside-crs': 'raster-outside-world',
};

/** Sound files of a kind that is not read: saving them differently helps, sending them again does not. */
const KINDS = new Set([
  'compression',
  'predictor',
  'sample-type',
  'mixed-sample-types',
  'jpeg-colours',
  'zstd',
  'band-count',
]);
const MAX_CRS_CHARACTERS = 120;

/** Names the file in a fault of the core; a file that vanished is `raster-lost`; anything else passes unchanged. */
export function toRasterFault(error: unknown, file: string): unknown {
  if (error instanceof AppError) return error;
  if (error instanceof GisError) {
    const code = codeFor(error);
    return new AppError(code, { file, ...paramsFor(code, error) }, { cause: error });
  }
  if (isMissingFile(error)) return new AppError('raster-lost', { file }, { cause: error });
  // Decoders throw plain errors on damaged streams: that too is the file's fault, not the server's.
  if (error instanceof RangeError || isZlibError(error)) {
    return new AppError('raster-unreadable', { file, reason: 'damaged' }, { cause: error });
  }
  return error;
}

function codeFor({ code, params, cause }: GisError): string {
  if (code === 'raster-unreadable' && params['reason'] === 'not-tiff') return 'raster-not-tiff';
  if (code === 'raster-unreadable' && KINDS.has(String(params['reason']))) return 'raster-kind-unsupported';
  if (code === 'raster-crs-unsupported' && params['crs'] === 'user-defined') return 'raster-crs-user-defined';
  if (cause instanceof GisError && cause.code === 'crs-datum-parameters-required') return 'raster-crs-needs-parameters';
  return SAME_AS[code] ?? code;
}

/** What the sentence of the code names, and nothing that is not known. */
function paramsFor(code: string, { code: reason, params }: GisError): Record<string, unknown> {
  const { width, height, blockBytes, bytes, crs, position, ...rest } = params;
  switch (code) {
    case 'raster-too-large':
      return { widthPx: width, heightPx: height, limitPx: IMAGERY_LIMITS.pixelsPerFile };
    case 'raster-block-too-large':
      return { blockBytes: blockBytes ?? bytes, limitBytes: IMAGERY_LIMITS.bytesPerBlock };
    case 'raster-crs-unsupported':
    case 'raster-crs-needs-parameters':
      return { crs: shorten(String(crs)) };
    case 'raster-crs-missing':
    case 'raster-crs-user-defined':
    case 'raster-not-tiff':
      return {};
    case 'raster-outside-world':
      return { extent: Array.isArray(position) ? position.join(' ') : shorten(String(crs)) };
    case 'raster-unreadable':
      return { reason, ...rest };
    default:
      return rest;
  }
}

const shorten = (text: string): string =>
  text.length > MAX_CRS_CHARACTERS ? `${text.slice(0, MAX_CRS_CHARACTERS)}…` : text;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
const isMissingFile = (error: unknown): boolean => codeOf(error) === 'ENOENT';
const isZlibError = (error: unknown): boolean =>
  codeOf(error).startsWith('Z_') || codeOf(error) === 'ERR_BUFFER_TOO_LARGE';
