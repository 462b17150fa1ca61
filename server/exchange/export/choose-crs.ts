import { chineseZoneAt, chineseZoneOf } from '../../../gis/crs/chinese-zone.ts';
import type { Crs, CrsCode } from '../../../gis/crs/crs.ts';
import { getCrs } from '../../../gis/crs/parse-crs.ts';
import { boxUnion } from '../../../gis/geometry/position/box.ts';
import type { Box } from '../../../gis/types.ts';
import { AppError } from '../../platform/errors.ts';
import type { ExportFormat } from '../formats/export-formats.ts';

export type KnownCrs = Crs & { readonly code: CrsCode };

/**
 * The system of an export: what was asked for if the format may be in it, else the format's own. `boxes` are those of the
 * selected mines: they name the zone where it is `auto`.
 * @throws AppError `export-crs-unsupported`, `export-crs-unsuitable`, `export-zone-unclear`
 */
export function chooseCrs(
  asked: CrsCode | 'auto' | undefined,
  format: ExportFormat & { readonly id: string },
  boxes: readonly Box[],
): KnownCrs {
  const wanted = asked ?? format.defaultCrs;
  const code = wanted === 'auto' ? zoneOf(boxes) : wanted;
  const zone = chineseZoneOf(code);
  if (code !== 'EPSG:4326' && code !== 'EPSG:4490' && zone === undefined) {
    throw new AppError('export-crs-unsupported', { crs: code });
  }
  const isSuitable = format.crs === 'any' || (format.crs === 'wgs84' ? code === 'EPSG:4326' : zone !== undefined);
  if (!isSuitable) throw new AppError('export-crs-unsuitable', { crs: code, format: format.id });
  return { ...getCrs(code), code };
}

/** How far from its central meridian a zone still serves, in its own widths: neighbours overlap by half of one. */
const REACH_WIDTHS = 1;

/** @throws AppError `export-outside-zone` for a longitude that the zone does not serve */
export function assertInZone(crs: KnownCrs, lng: number): void {
  const zone = chineseZoneOf(crs.code);
  if (zone === undefined) return;
  const awayDeg = Math.abs(lng - zone.centralMeridian);
  if (awayDeg > zone.widthDeg * REACH_WIDTHS) {
    throw new AppError('export-outside-zone', {
      crs: crs.code,
      lng: Number(lng.toFixed(3)),
      centralMeridian: zone.centralMeridian,
    });
  }
}

function zoneOf(boxes: readonly Box[]): CrsCode {
  const whole = boxes.reduce<Box | undefined>((all, box) => (all === undefined ? box : boxUnion(all, box)), undefined);
  const zone = whole === undefined ? undefined : chineseZoneAt((whole[0] + whole[2]) / 2);
  if (zone === undefined) throw new AppError('export-zone-unclear');
  return zone.code;
}
