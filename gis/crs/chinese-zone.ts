import type { CrsCode } from './crs.ts';
import { findCgcs2000Code, findKnownCrs } from './families.ts';

/** A Gauss-Kruger zone of CGCS2000, as surveyors name it. */
export interface ChineseZone {
  readonly code: CrsCode;
  readonly widthDeg: 3 | 6;
  /** 25..45 of 3 degrees, 13..23 of 6 degrees. */
  readonly zone: number;
  readonly centralMeridian: number;
  /** Whether eastings carry the zone number as their prefix. */
  readonly prefixed: boolean;
}

/** What zone a code is, or undefined for a code that is none of CGCS2000. */
export function chineseZoneOf(code: CrsCode): ChineseZone | undefined {
  const centralMeridian = findKnownCrs(Number(code.slice('EPSG:'.length)))?.crs.centralMeridian;
  if (centralMeridian === undefined) return undefined;
  for (const widthDeg of [3, 6] as const) {
    for (const prefixed of [true, false]) {
      if (findCgcs2000Code({ widthDeg, centralMeridian, prefixed }) !== code) continue;
      const zone = widthDeg === 3 ? centralMeridian / 3 : (centralMeridian + 3) / 6;
      return { code, widthDeg, zone, centralMeridian, prefixed };
    }
  }
  return undefined;
}

/** The 3-degree zone, with prefix, in which a longitude lies; undefined outside zones 25 to 45 (73.5° to 136.5° E). */
export function chineseZoneAt(lng: number): ChineseZone | undefined {
  const centralMeridian = Math.round(lng / 3) * 3;
  const code = findCgcs2000Code({ widthDeg: 3, centralMeridian, prefixed: true });
  return code === undefined ? undefined : chineseZoneOf(code);
}
