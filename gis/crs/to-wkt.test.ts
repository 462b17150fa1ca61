import { describe, expect, it } from 'vitest';
import { chineseZoneAt, chineseZoneOf } from './chinese-zone.ts';
import type { CrsCode } from './crs.ts';
import { parseCrs } from './parse-crs.ts';
import { crsToWkt } from './to-wkt.ts';

const CODES: CrsCode[] = [
  'EPSG:4326',
  'EPSG:4490',
  ...Array.from({ length: 4554 - 4491 + 1 }, (_, i): CrsCode => `EPSG:${4491 + i}`),
];

describe('crsToWkt', () => {
  it('writes every system so that it is read back as itself, in both flavours', () => {
    for (const code of CODES) {
      expect([code, parseCrs(crsToWkt(code, 'esri')).code]).toEqual([code, code]);
      expect([code, parseCrs(crsToWkt(code, 'ogc')).code]).toEqual([code, code]);
    }
  });

  it('refuses what it cannot name', () => {
    expect(() => crsToWkt('EPSG:3857', 'ogc')).toThrow('crs-unsupported');
  });
});

describe('zones of CGCS2000', () => {
  it('are known by their code', () => {
    expect(chineseZoneOf('EPSG:4527')).toEqual({
      code: 'EPSG:4527',
      widthDeg: 3,
      zone: 39,
      centralMeridian: 117,
      prefixed: true,
    });
    expect(chineseZoneOf('EPSG:4509')).toMatchObject({ widthDeg: 6, zone: 20, prefixed: false });
    expect(chineseZoneOf('EPSG:32650')).toBeUndefined();
    expect(chineseZoneOf('EPSG:4490')).toBeUndefined();
  });

  it('are found by longitude, and only over China', () => {
    expect(chineseZoneAt(116.3)?.zone).toBe(39);
    expect(chineseZoneAt(115.4)?.zone).toBe(38);
    expect(chineseZoneAt(73.6)?.zone).toBe(25);
    expect(chineseZoneAt(20)).toBeUndefined();
  });
});
