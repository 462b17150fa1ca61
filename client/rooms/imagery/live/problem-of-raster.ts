import { fillText, hasText } from '../../../i18n/t.ts';
import type { LiveFault } from '../../../state/editing/live/messages.ts';

/** Why a raster cannot be measured, in the reader's language; by the reason, where one says more than the code does. */
export function problemOfRaster({ code, params }: LiveFault): string {
  const keys = [`live.fault.${code}.${String(params['reason'])}`, `live.fault.${code}`];
  const key = keys.find(hasText);
  if (key === undefined) return fillText('live.fault.raster-fault', { reason: code });
  return fillText(key, { reason: '—', crs: '—', band: '—', ...params });
}
