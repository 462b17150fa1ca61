import type { ZonalResult, ZoneWithoutFigures } from '../../../../gis/zonal/compute-zonal.ts';

/** What is said of zones that cannot have figures on this raster; that pixels are no data is an answer. */
const REASONS = {
  outside: 'off the raster',
  'outside-crs': 'that cannot be brought to its coordinate system',
  'empty-geometry': 'without a polygon',
  'not-finite': 'with coordinates that are no numbers',
} as const satisfies Partial<Record<ZoneWithoutFigures, string>>;

/** Counts the zones that lie nowhere on a raster whose results go by: their rows are empty and tell nobody why. */
export class ZonesOffRaster {
  private zones = 0;
  private readonly counts = new Map<string, number>();

  /** The status of one zone more. */
  readonly see = (status: ZonalResult['status']): void => {
    this.zones += 1;
    if (status in REASONS) this.counts.set(status, (this.counts.get(status) ?? 0) + 1);
  };

  /** One line without its end, or undefined where all of them lie on it. */
  get sentence(): string | undefined {
    const parts = Object.entries(REASONS).flatMap(([status, reason]) => {
      const count = this.counts.get(status);
      return count === undefined ? [] : [`${count} ${reason}`];
    });
    return parts.length === 0 ? undefined : `rows left empty: of ${this.zones} zones ${parts.join(', ')}`;
  }
}
