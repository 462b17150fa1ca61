import { describe, expect, it } from 'vitest';
import { polygonAreaM2 } from '../../../../gis/earth/polygon-area.ts';
import type { Polygon } from '../../../../gis/types.ts';
import type { SurveyCandidate } from '../../../../gis/crs/detect-survey-crs.ts';
import { readPasted } from './paste.ts';
import { readSurvey, surveyPolygon } from './survey-lines.ts';

// 100 m squares near 111.4°E 33.9°N, X (north) before Y (east), as survey tables have them.
const WITH_ZONE = '1 3751508.5 37537500\n2 3751508.5 37537600\n3 3751608.5 37537600\n4 3751608.5 37537500';
const WITHOUT = WITH_ZONE.replaceAll(' 37537', ' 537');
const box = [111, 33.5, 112.2, 34.2] as const;

describe('typed survey coordinates', () => {
  it('are read in the zone that their prefix names', () => {
    const survey = readSurvey(WITH_ZONE, {});
    const best = survey?.candidates[0] as SurveyCandidate;
    expect(best).toMatchObject({ order: 'northing-easting', notation: 'metres' });
    const square = surveyPolygon(survey?.pairs ?? [], best);
    expect(square && polygonAreaM2(square) / 10_000).toBeCloseTo(1, 2);
    expect(square?.coordinates[0]?.[0]?.[0]).toBeGreaterThan(111);
  });
  it('without a prefix are read by the place of the mine, or ask for the meridian', () => {
    expect(readSurvey(WITHOUT, { box })?.candidates.length).toBeGreaterThan(0);
    const lost = readSurvey(WITHOUT, {});
    expect([lost?.candidates.length, lost?.findings[0]?.code]).toEqual([0, 'central-meridian-needed']);
    expect(readSurvey(WITHOUT, { centralMeridian: 111 })?.candidates[0]?.firstPosition[0]).toBeCloseTo(111.4, 0);
  });
  it('without a prefix can be told to be UTM, which is kilometres away', () => {
    const [best, utm] = readSurvey(WITHOUT, { box })?.candidates ?? [];
    expect([best?.crs, utm?.crs, utm?.order]).toEqual(['EPSG:4546', 'EPSG:32649', best?.order]);
    expect(Math.abs((utm?.firstPosition[1] ?? 0) - (best?.firstPosition[1] ?? 0))).toBeGreaterThan(0.01);
    expect(readSurvey(WITH_ZONE, { box })?.candidates.map(({ crs }) => crs)).not.toContain('EPSG:32649');
  });
  it.each([
    '112°06′00.0″ 33°54′00.0″\n112°12′0″ 33°54′0″\n112°12′0″ 34°0′0″',
    '1,112°6\'0"E,33°54\'0"N\n2,112°12\'0"E,33°54\'0"N\n3,112°12\'0"E,34°0\'0"N',
    '东经112度6分0秒，北纬33度54分0秒\n东经112度12分0秒，北纬33度54分0秒\n东经112度12分，北纬34度0分',
  ])('in degrees, minutes and seconds as they are written: %j', text => {
    expect(readSurvey(text, { box })).toBeUndefined();
    const pasted = readPasted(text);
    const ring = pasted.ok ? (pasted.geometry as Polygon).coordinates[0] : [];
    expect(ring?.map(corner => corner.slice(0, 2).map(degree => degree.toFixed(6)))).toEqual([
      ['112.100000', '33.900000'],
      ['112.200000', '33.900000'],
      ['112.200000', '34.000000'],
    ]);
  });
  it('of two corners are a rectangle', () => {
    const two = readSurvey('3751508.5 37537500\n3751608.5 37537600', {});
    const rectangle = surveyPolygon(two?.pairs ?? [], two?.candidates[0] as SurveyCandidate);
    expect(rectangle && polygonAreaM2(rectangle) / 10_000).toBeCloseTo(1, 1);
  });
  it('that are longitude and latitude already are none', () => {
    expect(readSurvey('112.1 33.9\n112.2 33.9\n112.2 34', { box })).toBeUndefined();
    expect(readSurvey('{"type":"Polygon"}', {})).toBeUndefined();
    expect(readSurvey('33.9 112.1\n33.9 112.2\n34 112.2', { box })?.candidates[0]?.order).toBe('lat-lng');
  });
});
