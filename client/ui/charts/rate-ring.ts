import { formatNumber } from '../../i18n/format.ts';

const RADIUS = 16;
const AROUND = 2 * Math.PI * RADIUS;

/** Whole per cent, never rounded up: 99.9 is not 100. */
export const ringText = (value: number | null): string =>
  value === null ? '–' : formatNumber(Math.floor(value * 100 + 1e-9));

/** A rate as a ring that fills clockwise from noon: markup, because the map needs strings. */
export function ringSvg(value: number | null): string {
  const share = value === null ? 0 : Math.min(1, Math.max(0, value));
  const dash = `${(share * AROUND).toFixed(2)} ${AROUND.toFixed(2)}`;
  return (
    `<svg class="rate-ring" width="44" height="44" viewBox="0 0 44 44" aria-hidden="true">` +
    `<circle class="rate-ring-plate" cx="22" cy="22" r="20"/>` +
    `<circle class="rate-ring-track" cx="22" cy="22" r="${RADIUS}"/>` +
    `<circle class="rate-ring-fill" cx="22" cy="22" r="${RADIUS}" stroke-dasharray="${dash}" transform="rotate(-90 22 22)"/></svg>`
  );
}
