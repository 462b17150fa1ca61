import { fillText, hasText } from '../../../i18n/t.ts';
import type { LiveFault } from '../../../state/editing/live/messages.ts';

/** Why a raster cannot be measured, in the reader's language. */
export function problemOfRaster({ code, params }: LiveFault): string {
  const key = `live.fault.${code}`;
  if (hasText(key)) return fillText(key, { reason: '—', crs: '—', band: '—', ...params });
  return fillText('live.fault.raster-fault', { reason: code });
}
