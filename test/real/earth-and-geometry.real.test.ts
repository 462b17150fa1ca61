import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import {
  acresFromM2,
  hasErrors,
  haFromM2,
  normalisePolygonal,
  polygonAreaM2,
  repairPolygonal,
  ringAreaM2,
  ringPerimeterM,
  validatePolygonal,
  type LoosePolygonal,
  type Polygonal,
  type Position,
} from '../../gis/index.ts';
import { findSharedData } from '../helpers/shared-data.ts';

interface Collection {
  features: { geometry: Polygonal }[];
}
const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

const planimeter = findSharedData('peer_tests/geodesic_polygon_expected.json');
describe.skipIf(planimeter === undefined)('GeographicLib planimeter', () => {
  type Cases = {
    cases: { name: string; lonlat: Position[]; perimeter_m: number; signed_area_m2: number }[];
  };
  // A suite that is skipped is gathered all the same.
  const { cases } = planimeter === undefined ? { cases: [] } : readJson<Cases>(planimeter);
  it.each(cases)('$name', ({ lonlat, perimeter_m: perimeterM, signed_area_m2: areaM2 }) => {
    expect(Math.abs(ringAreaM2(lonlat) - areaM2)).toBeLessThan(1e-9 * Math.abs(areaM2) + 1);
    expect(Math.abs(ringPerimeterM(lonlat) - perimeterM)).toBeLessThan(1e-6);
  });
});

const amazon = findSharedData('mining/amazon_mining_watch/mining_2022diff_full.geojson');
describe.skipIf(amazon === undefined)('Amazon mine outlines', () => {
  it.each([
    ['mining_201800_simplified', 963_020.2, 0],
    ['mining_202200_simplified', 202_281.21, 0],
    ['mining_2022diff_full', 202_287.98, 63],
    ['mining_202400_simplified', 332_502.48, 0],
  ])('%s has %d ha and %d invalid outlines, all of which can be repaired', (name, areaHa, invalid) => {
    const { features } = readJson<Collection>((amazon ?? '').replace('mining_2022diff_full', name));
    const sumM2 = features.reduce((sum, { geometry }) => sum + polygonAreaM2(geometry), 0);
    expect(Math.abs(haFromM2(sumM2) - areaHa)).toBeLessThan(0.01);
    const bad = features.filter(({ geometry }) => hasErrors(validatePolygonal(geometry)));
    expect(bad).toHaveLength(invalid);
    for (const { geometry } of bad) {
      const repaired = repairPolygonal(geometry);
      expect(repaired).toBeDefined();
      if (repaired !== undefined) {
        expect(validatePolygonal(repaired)).toEqual([]);
        expect(Math.abs(polygonAreaM2(repaired) / polygonAreaM2(geometry) - 1)).toBeLessThan(0.01);
      }
    }
  });
});

const permits = findSharedData('mining/skytruth_appalachia_permits/inputs_wv_permits.csv');
describe.skipIf(permits === undefined)('West Virginia permits', () => {
  it('measure 37 086.25 acres, whichever way their holes are wound', () => {
    const rows = parse(readFileSync(permits ?? ''), { columns: true }) as Record<string, string>[];
    type Shape = LoosePolygonal | { type: 'GeometryCollection'; geometries: Shape[] } | { type: 'LineString' };
    const polygonsOf = (shape: Shape): LoosePolygonal[] =>
      shape.type === 'GeometryCollection'
        ? shape.geometries.flatMap(polygonsOf)
        : shape.type === 'Polygon' || shape.type === 'MultiPolygon'
          ? [shape]
          : [];
    let areaM2 = 0;
    let rewound = 0;
    for (const row of rows) {
      if ((row['.geo'] ?? '') === '') continue;
      for (const polygon of polygonsOf(JSON.parse(row['.geo'] ?? '') as Shape)) {
        const { geometry, repairs } = normalisePolygonal(polygon);
        areaM2 += polygonAreaM2(geometry);
        if (repairs.includes('rewound-ring')) rewound++;
      }
    }
    expect(Math.abs(acresFromM2(areaM2) - 37_086.25)).toBeLessThan(0.01);
    expect(rewound).toBeGreaterThan(0);
  });
});

const korba = findSharedData('imagery/korba_s2_mine_2dates/aoi.geojson');
describe.skipIf(korba === undefined)('Korba', () => {
  it('measures 855.556 ha, its heights dropped', () => {
    const { features } = readJson<{ features: { geometry: LoosePolygonal }[] }>(korba ?? '');
    const { geometry, repairs } = normalisePolygonal(features[0]?.geometry as LoosePolygonal);
    expect(haFromM2(polygonAreaM2(geometry))).toBeCloseTo(855.556, 3);
    expect(repairs).toContain('dropped-z');
  });
});

const jts = findSharedData('peer_tests/jts_xml/general/TestValid.xml');
describe.skipIf(jts === undefined)('JTS validity cases', () => {
  const text = jts === undefined ? '' : readFileSync(jts, 'utf8');
  const cases = [
    ...text.matchAll(
      /<desc>([^<]*)<\/desc>\s*<a>\s*(?:<!--.*?-->)?\s*((?:MULTI)?POLYGON[^<]*)<\/a>[^]*?isValid"[^>]*>\s*(true|false)/g,
    ),
  ]
    .map(([, name = '', wkt = '', valid]) => ({ name: name.trim(), wkt, valid: valid === 'true' }))
    .filter(({ wkt }) => !wkt.includes('EMPTY'));

  it('are there', () => {
    expect(cases.length).toBeGreaterThan(40);
  });
  it.each(cases)('$name', ({ wkt, valid }) => {
    // The cases lie on a page of some hundreds of units: brought into the world, on a grid of binary fractions.
    const rings = wkt
      .replace(/^(MULTI)?POLYGON\s*/, '')
      .replace(/(-?[\d.]+|NaN)\s+(-?[\d.]+|NaN)/g, (_, x: string, y: string) =>
        JSON.stringify([Number(x) / 16, Number(y) / 16]),
      )
      .replace(/\(/g, '[')
      .replace(/\)/g, ']');
    const coordinates = JSON.parse(rings) as LoosePolygonal['coordinates'];
    const geometry = { type: wkt.startsWith('MULTI') ? 'MultiPolygon' : 'Polygon', coordinates } as LoosePolygonal;
    const errors = validatePolygonal(geometry).filter(({ severity }) => severity === 'error');
    if (valid) expect(errors).toEqual([]);
    else expect(errors).not.toEqual([]);
  });
});
