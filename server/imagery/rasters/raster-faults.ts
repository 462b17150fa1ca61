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
  'crs-datum-parameters-required': 'raster-crs-unsupported',
  'position-outside-crs': 'raster-outside-world',
};

/** Names the file in a fault of the core; a file that vanished is `raster-lost`; anything else passes unchanged. */
export function toRasterFault(error: unknown, file: string): unknown {
  if (error instanceof AppError) return error;
  if (error instanceof GisError) {
    const code = SAME_AS[error.code] ?? error.code;
    const { width, height, blockBytes, bytes, ...rest } = error.params;
    const params = {
      reason: error.code,
      crs: '?',
      extent: '?',
      ...rest,
      file,
      ...(code === 'raster-too-large'
        ? { widthPx: width, heightPx: height, limitPx: IMAGERY_LIMITS.pixelsPerFile }
        : {}),
      ...(code === 'raster-block-too-large'
        ? { blockBytes: blockBytes ?? bytes, limitBytes: IMAGERY_LIMITS.bytesPerBlock }
        : {}),
    };
    return new AppError(code, params, { cause: error });
  }
  if (isMissingFile(error)) return new AppError('raster-lost', { file }, { cause: error });
  // Decoders throw plain errors on damaged streams: that too is the file's fault, not the server's.
  if (error instanceof RangeError || isZlibError(error)) {
    return new AppError('raster-unreadable', { file, reason: 'damaged' }, { cause: error });
  }
  return error;
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
const isMissingFile = (error: unknown): boolean => codeOf(error) === 'ENOENT';
const isZlibError = (error: unknown): boolean =>
  codeOf(error).startsWith('Z_') || codeOf(error) === 'ERR_BUFFER_TOO_LARGE';
