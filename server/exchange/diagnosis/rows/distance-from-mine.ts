import { roundedM2 } from '../../../../gis/area-wording.ts';
import type { Box, MultiPolygon } from '../../../../gis/types.ts';
import type { Finding } from '../finding.ts';
import type { Fixes } from '../fixes.ts';
import type { Ground } from '../ground.ts';

/** A file all of whose rows lie further from the mine was hardly meant for it. */
export const FAR_KM = 50;

/** That a row lies outside the licence, by how much and where. */
export function tellBeyond(
  ground: Ground,
  geometry: MultiPolygon,
  row: number,
  report: (finding: Finding) => void,
): void {
  const beyond = ground.beyond(geometry);
  if (beyond === undefined) return;
  const { areaM2, position } = beyond;
  const params = { areaM2: Number.isNaN(areaM2) ? '?' : roundedM2(areaM2) };
  report({ code: 'outside-licence', severity: 'warning', row, position, params });
}

/** That no row lies near the mine: an error until it is accepted. */
export function tellFar(distanceKm: number, fixes: Fixes, report: (finding: Finding) => void): void {
  const params = { distanceKm: Math.round(distanceKm) };
  if (fixes.acceptPlace === true) report({ code: 'far-from-mine', severity: 'warning', params });
  else {
    const fix = { code: 'accept-place', fixes: { acceptPlace: true } };
    report({ code: 'far-from-mine', severity: 'error', params, fix });
  }
}

/** Between the nearest sides of two boxes; 0 where they meet or nothing is known. */
export function kilometresBetween([west, south, east, north]: Box, other: Box | undefined): number {
  if (other === undefined) return 0;
  const eastward = Math.max(0, other[0] - east, west - other[2]) * Math.cos((south * Math.PI) / 180);
  const northward = Math.max(0, other[1] - north, south - other[3]);
  return Math.hypot(eastward, northward) * 111.32;
}
