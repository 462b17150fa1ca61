import { describe, expect, it } from 'vitest';
import { ISSUE_MESSAGES } from '../geometry/issue-messages.ts';
import type { Position } from '../types.ts';
import type { CrsCode } from './crs.ts';
import { detectSurveyCrs, fromPackedDms } from './detect-survey-crs.ts';
import { getCrs } from './parse-crs.ts';
import { projectorFor } from './projector.ts';

describe('detectSurveyCrs', () => {
  it('believes the prefix of the eastings and flags the declared zone that differs', () => {
    const { candidates, findings } = detectSurveyCrs([[3751508.512, 39438683.652]], {
      declaredZone: 38,
      declaredWidthDeg: 3,
    });
    expect(candidates.map(({ crs, order }) => [crs, order])).toEqual([['EPSG:4527', 'northing-easting']]);
    expect(findings).toContainEqual({
      code: 'zone-mismatch',
      severity: 'warning',
      params: { declared: 38, detected: 39 },
    });
    expect(candidates[0]?.firstPosition[0]).toBeCloseTo(116.337, 2);
  });

  it('takes a zone number of 3 for the width of the zones', () => {
    const { findings } = detectSurveyCrs([[3751508.512, 38438683.652]], { declaredZone: 3, declaredWidthDeg: 3 });
    expect(findings.map(({ code }) => code)).toEqual(['zone-is-width']);
  });

  it('sees columns in the other order', () => {
    const { candidates, findings } = detectSurveyCrs([[39438683.652, 3751508.512]]);
    expect(candidates[0]).toMatchObject({ crs: 'EPSG:4527', order: 'easting-northing' });
    expect(findings.map(({ code }) => code)).toEqual(['columns-swapped']);
  });

  it('knows six-degree zones by their prefix', () => {
    const { candidates, findings } = detectSurveyCrs([[3752789.9, 20435254.35]], { declaredWidthDeg: 3 });
    expect(candidates[0]?.crs).toBe('EPSG:4498');
    expect(findings.map(({ code }) => code)).toEqual(['zone-width-mismatch']);
  });

  it('asks for the meridian when nothing names it', () => {
    const { candidates, findings } = detectSurveyCrs([[3752789.9, 435254.35]]);
    expect(candidates).toEqual([]);
    expect(findings.map(({ code }) => code)).toEqual(['central-meridian-needed']);
  });

  it('finds the meridian by the place of the mine', () => {
    const { candidates } = detectSurveyCrs([[3752789.9, 435254.35]], { box: [116.2, 33.8, 116.4, 34] });
    expect(candidates.map(({ crs }) => crs)).toEqual(['EPSG:4548']);
  });

  it('takes the declared zone where the eastings have no prefix', () => {
    const { candidates } = detectSurveyCrs([[3752789.9, 435254.35]], { declaredZone: 39 });
    expect(candidates[0]?.crs).toBe('EPSG:4548');
  });

  it('offers degrees in both orders, the likely one first', () => {
    const both = detectSurveyCrs([[34.2, 108.9]]);
    expect(both.candidates[0]).toMatchObject({ order: 'lat-lng', notation: 'degrees' });
    const packed = detectSurveyCrs([[110.00282, 38.0605]], { box: [110.0, 38.09, 110.02, 38.11] });
    expect(packed.candidates.map(({ notation }) => notation)).toContain('packed-dms');
  });

  it('finds every zone of the country in both forms, both widths and both orders of the columns', () => {
    for (let epsg = 4491; epsg <= 4554; epsg += 1) {
      const code: CrsCode = `EPSG:${epsg}`;
      const meridian = getCrs(code).centralMeridian as number;
      const place: Position = [meridian + 0.8, 34.6];
      const [easting, northing] = projectorFor(code).forward(place);
      const isPrefixed = easting > 1e6;
      const widthDeg = epsg <= 4512 ? 6 : 3;
      const hints = isPrefixed ? {} : { centralMeridian: meridian, declaredWidthDeg: widthDeg };
      const isInChina = place[0] <= 137;
      for (const [order, point] of [
        ['northing-easting', [northing, easting]],
        ['easting-northing', [easting, northing]],
      ] as const) {
        const [best] = detectSurveyCrs([point], isInChina ? hints : { ...hints, box: [136, 34, 139, 35] }).candidates;
        expect([epsg, best?.crs, best?.order]).toEqual([epsg, code, order]);
        expect(best?.firstPosition[0]).toBeCloseTo(place[0], 7);
        expect(best?.firstPosition[1]).toBeCloseTo(place[1], 7);
      }
    }
  });

  it('is not led astray by an easting of seven digits, or by columns of different zones', () => {
    const twoZones: [number, number][] = [
      [3751508.5, 39438683.6],
      [3751508.5, 38438683.6],
    ];
    expect(detectSurveyCrs(twoZones).findings.map(({ code }) => code)).toEqual(['coordinates-not-recognised']);
    expect(detectSurveyCrs([[3751508.5, 3943868.3]]).candidates).toEqual([]);
    expect(detectSurveyCrs([[Number.NaN, 39438683.6]]).candidates).toEqual([]);
  });

  it('refuses numbers that are nothing', () => {
    expect(detectSurveyCrs([[12, 9e9]]).findings.map(({ code }) => code)).toEqual(['coordinates-not-recognised']);
    expect(detectSurveyCrs([]).findings.map(({ code }) => code)).toEqual(['geometry-empty']);
  });

  it('says only what both languages can word', () => {
    const places: [number, number][] = [
      [3751508.5, 39438683.6],
      [39438683.6, 3751508.5],
      [3752789.9, 435254.35],
      [34.2, 108.9],
    ];
    for (const place of places) {
      const { candidates, findings } = detectSurveyCrs([place], { declaredZone: 38, box: [110, 30, 111, 31] });
      const codes = [...findings, ...candidates.flatMap(({ reasons }) => reasons)].map(({ code }) => code);
      expect(codes.filter(code => ISSUE_MESSAGES[code] === undefined)).toEqual([]);
    }
  });
});

describe('fromPackedDms', () => {
  it('reads degrees, minutes and seconds written together', () => {
    expect(fromPackedDms(38.0605)).toBeCloseTo(38 + 6 / 60 + 5 / 3600, 9);
    expect(fromPackedDms(110.00282)).toBeCloseTo(110 + 28.2 / 3600, 9);
    expect(fromPackedDms(38.0675)).toBeUndefined();
    expect(fromPackedDms(38.6105)).toBeUndefined();
  });
});
