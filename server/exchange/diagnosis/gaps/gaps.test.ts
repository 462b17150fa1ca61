import { describe, expect, it } from 'vitest';
import { projectorFor } from '../../../../gis/crs/projector.ts';
import { overlay } from '../../../../gis/geometry/overlay/overlay.ts';
import { polygonAreaM2 } from '../../../../gis/earth/polygon-area.ts';
import type { MultiPolygon } from '../../../../gis/types.ts';
import { diagnoseBytes } from '../../../../test/survey/diagnosing.ts';

const EAST = 39_438_000;
const NORTH = 3_751_000;
type Corner = readonly [east: number, north: number];

/** Plots as a survey office writes them: metres in zone 39, three decimals. */
const survey = (...plots: readonly (readonly Corner[])[]): string =>
  [
    '[属性描述]',
    '坐标系=2000国家大地坐标系',
    '几度分带=3',
    '带号=39',
    '[地块坐标]',
    ...plots.flatMap((corners, plot) => [
      `${corners.length + 1},,${plot + 1},地块${plot + 1},面,,,,@`,
      ...[...corners, corners[0] as Corner].map(
        ([e, n], i) => `J${(i % corners.length) + 1},1,${(NORTH + n).toFixed(3)},${(EAST + e).toFixed(3)}`,
      ),
    ]),
  ].join('\r\n');
const box = (west: number, south: number, east: number, north: number): Corner[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
];
const licenceOf = (corners: readonly Corner[]): MultiPolygon => {
  const ring = corners.map(([e, n]) => projectorFor('EPSG:4527').inverse([EAST + e, NORTH + n]));
  return { type: 'MultiPolygon', coordinates: [[[...ring, ring[0] as (typeof ring)[number]]]] };
};
const union = (rows: readonly { geometry: MultiPolygon }[]): MultiPolygon =>
  rows.reduce<MultiPolygon>((all, { geometry }) => overlay(all, geometry, 'union') ?? all, {
    type: 'MultiPolygon',
    coordinates: [],
  });

describe('narrow gaps', () => {
  it('are named with points, area and width, and go to the later row when that is asked for', async () => {
    const text = survey(box(0, 0, 100, 100), box(100.3, 0, 200, 100));
    const answer = await diagnoseBytes(text, 'a.txt');
    const gap = answer.findings.find(({ code }) => code === 'gap-between-rows');
    expect(gap).toMatchObject({
      severity: 'warning',
      row: 2,
      point: 'J4–J1 × J2–J3',
      fix: { fixes: { fillGaps: true } },
    });
    expect(gap?.params).toMatchObject({ other: 1, widthM: 0.3 });
    expect(Number(gap?.params?.['areaM2'])).toBeCloseTo(30, 0);
    expect(answer.errorCount).toBe(0);
    const filled = await diagnoseBytes(text, 'a.txt', { fixes: { fillGaps: true } });
    expect(filled.codes).toContain('gap-filled');
    expect(filled.codes).not.toContain('gap-between-rows');
    expect(filled.errorCount).toBe(0);
    expect(filled.rows[0]?.areaM2).toBe(answer.rows[0]?.areaM2);
    expect((filled.rows[1]?.areaM2 ?? 0) - (answer.rows[1]?.areaM2 ?? 0)).toBeCloseTo(30, 0);
    expect(filled.areaM2).toBeCloseTo(polygonAreaM2(union(filled.rows)), 2);
    expect(union(filled.rows).coordinates).toHaveLength(1);
  });

  it('are found round corners, where they widen and where three rows meet, and leave nothing behind', async () => {
    const hooked: Corner[] = [
      [0, 0],
      [200, 0],
      [200, 60],
      [60, 60],
      [60, 200],
      [0, 200],
    ];
    const rows = [hooked, box(60.2, 60.25, 200, 130), box(60.2, 130.1, 200, 200)];
    const text = survey(...rows);
    const answer = await diagnoseBytes(text, 'a.txt');
    const pairs = answer.findings
      .filter(({ code }) => code === 'gap-between-rows')
      .map(({ row, params }) => `${String(params?.['other'])}–${String(row)}`);
    expect(pairs.toSorted()).toEqual(['1–2', '1–3', '2–3']);
    const filled = await diagnoseBytes(text, 'a.txt', { fixes: { fillGaps: true } });
    const whole = union(filled.rows);
    expect(whole.coordinates.map(rings => rings.length)).toEqual([1]);
    expect(polygonAreaM2(whole)).toBeCloseTo(filled.areaM2, 2);
    expect(Math.abs(polygonAreaM2(whole) - polygonAreaM2(licenceOf(box(0, 0, 200, 200))))).toBeLessThan(0.1);
    expect((await diagnoseBytes(text, 'a.txt', { fixes: { fillGaps: true } })).codes).not.toContain('rows-overlap');
  });

  it('are told one by one where one of a row is filled and the other is not', async () => {
    const licence = [licenceOf(box(-50, -0.2, 300, 300))];
    const text = survey(box(0, 0, 100, 100), box(100.3, 0, 200, 100));
    const { findings } = await diagnoseBytes(text, 'a.txt', { licence, fixes: { fillGaps: true } });
    const ofSecond = findings.filter(({ code, row }) => row === 2 && code.startsWith('gap'));
    expect(ofSecond.map(({ code }) => code).toSorted()).toEqual(['gap-filled', 'gap-to-licence']);
    const filled = ofSecond.find(({ code }) => code === 'gap-filled');
    expect(filled).toMatchObject({ point: 'J4–J1 × J2–J3', params: { widthM: 0.3, other: 1 } });
    expect(filled?.position?.[0]).toBeCloseTo(
      licenceOf(box(100.15, 50, 101, 51)).coordinates[0]?.[0]?.[0]?.[0] ?? 0,
      6,
    );
  });

  it('are none where rows touch, part from a corner, lie wider apart, or have a third row between them', async () => {
    const rows = [
      box(0, 0, 100, 100),
      box(100, 0.0004, 200, 100),
      [
        [200, 0],
        [300, 20],
        [300, 100],
        [200, 100],
      ] as Corner[],
      box(300.6, 0, 400, 100),
      box(0, 100, 400, 100.4),
      box(0, 100.4, 400, 200),
    ];
    const { codes } = await diagnoseBytes(survey(...rows), 'a.txt');
    expect(codes.filter(code => code.startsWith('gap'))).toEqual([]);
  });

  it('are found to the boundary of the mine as well', async () => {
    const licence = [licenceOf(box(-0.2, -50, 300, 300))];
    const text = survey(
      box(0, 0, 100, 100),
      box(299.9, 0, 299.95, 100).map(([e, n]): Corner => [e - 100, n]),
    );
    const answer = await diagnoseBytes(survey(box(0, 0, 100, 100)), 'a.txt', { licence });
    const gap = answer.findings.find(({ code }) => code === 'gap-to-licence');
    expect(gap).toMatchObject({ row: 1, point: 'J4–J1', params: { widthM: 0.2, areaM2: 20 } });
    const filled = await diagnoseBytes(text, 'a.txt', { licence, fixes: { fillBoundary: true } });
    expect((filled.rows[0]?.areaM2 ?? 0) - (answer.rows[0]?.areaM2 ?? 0)).toBeCloseTo(20, 0);
    expect(filled.codes).toContain('gap-to-licence-filled');
    expect(filled.codes).not.toContain('outside-licence');
  });

  it('are found to land in the ledger, not where that land or another row lies between', async () => {
    const recorded = [
      licenceOf(box(100.3, 0, 200, 100)),
      licenceOf(box(0, -100, 100, -0.2)),
      licenceOf(box(-50, 0, -0.1, 50)),
    ];
    const plots = [box(0, 0, 100, 100), box(-50, 50, -0.1, 90), box(0.2, 100, 100, 200)];
    const text = survey(...plots);
    const answer = await diagnoseBytes(text, 'a.txt', { recorded });
    const gaps = answer.findings.filter(({ code }) => code === 'gap-to-recorded');
    const told = gaps.map(({ row, point, params }) => [
      row,
      point,
      params?.['widthM'],
      Math.round(Number(params?.['areaM2'])),
    ]);
    expect(told.toSorted(([, one], [, other]) => String(one).localeCompare(String(other)))).toEqual([
      [1, 'J1–J2', 0.2, 20],
      [1, 'J2–J3', 0.3, 30],
      [1, 'J4–J1', 0.1, 5],
    ]);
    expect(gaps[0]).toMatchObject({ severity: 'warning', fix: { fixes: { fillRecorded: true } } });
    expect(gaps.every(({ position }) => position !== undefined)).toBe(true);
    const filled = await diagnoseBytes(text, 'a.txt', { recorded, fixes: { fillRecorded: true } });
    expect(filled.findings.filter(({ code }) => code === 'gap-to-recorded-filled')).toHaveLength(3);
    expect((filled.rows[0]?.areaM2 ?? 0) - (answer.rows[0]?.areaM2 ?? 0)).toBeCloseTo(55, 0);
    const whole = union([...recorded, ...filled.rows.map(({ geometry }) => geometry)].map(geometry => ({ geometry })));
    expect(whole.coordinates).toHaveLength(1);
    const inside = await diagnoseBytes(survey(box(0.3, 0.3, 50, 50)), 'a.txt', {
      recorded: [licenceOf(box(0, 0, 100, 100))],
    });
    expect(inside.codes.filter(code => code.startsWith('gap'))).toEqual([]);
  });
});
