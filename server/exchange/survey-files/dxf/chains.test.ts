import { describe, expect, it } from 'vitest';
import { projectorFor } from '../../../../gis/crs/projector.ts';
import { diagnoseBytes } from '../../../../test/survey/diagnosing.ts';

type Pair = readonly [number, string | number];
type Corner = readonly [x: number, y: number];
const EAST = 39_438_683;
const NORTH = 3_751_508;
const dxf = (entities: readonly Pair[], blocks: readonly Pair[] = []): string => {
  const section = (name: string, body: readonly Pair[]): Pair[] => [[0, 'SECTION'], [2, name], ...body, [0, 'ENDSEC']];
  const all: Pair[] = [...section('BLOCKS', blocks), ...section('ENTITIES', entities), [0, 'EOF']];
  return `${all.map(([code, value]) => `${code}\n${value}`).join('\n')}\n`;
};
const at = ([x, y]: Corner, code = 10): Pair[] => [
  [code, EAST + x],
  [code + 10, NORTH + y],
];
const line = (from: Corner, to: Corner, layer = 'a'): Pair[] => [[0, 'LINE'], [8, layer], ...at(from), ...at(to, 11)];
const arc = (centre: Corner, radius: number, from: number, to: number): Pair[] => [
  ...([
    [0, 'ARC'],
    [8, 'a'],
  ] as Pair[]),
  ...at(centre),
  ...([
    [40, radius],
    [50, from],
    [51, to],
  ] as Pair[]),
];
const open = (...corners: Corner[]): Pair[] => [
  ...([
    [0, 'LWPOLYLINE'],
    [8, 'a'],
    [90, corners.length],
    [70, 0],
  ] as Pair[]),
  ...corners.flatMap(corner => at(corner)),
];
const read = (...entities: Pair[][]) => diagnoseBytes(dxf(entities.flat()), 'a.dxf');

describe('lines that meet end to end', () => {
  it('are one outline, whatever way and in whatever order they were drawn, with what hangs on them left off', async () => {
    const answer = await read(
      line([100, 0], [0, 0]),
      open([0, 100], [-10, 50], [0.004, 0]),
      arc([100, 50], 50, 270, 90),
      line([100, 100], [0, 100]),
      line([0, 100], [-300, 300]),
      line([0, 100], [100, 100]),
      line([100, 0], [0, 0], '另一层'),
    );
    expect(answer.rows).toHaveLength(1);
    expect(answer.rows[0]?.planeAreaM2).toBeCloseTo(10_000 + 500 + (Math.PI * 2500) / 2, -1);
    expect(answer.rows[0]?.attributes['layer']).toBe('a');
    expect(answer.findings).toMatchObject([{ code: 'dxf-loose-lines', params: { count: 3 } }]);
  });

  it('that miss each other by a little are closed with a word, by more are named where they end', async () => {
    const sides = [line([0, 0], [100, 0]), line([100, 0], [100, 100]), line([100, 100], [0, 100])];
    const near = await read(...sides, line([0, 100], [0.3, 0.4]));
    expect(near.rows).toHaveLength(1);
    const gap = near.findings.find(({ code }) => code === 'closing-gap');
    expect(gap).toMatchObject({ row: 1, params: { gapM: 0.5 }, fix: { fixes: { closeGaps: true } } });
    const closed = await diagnoseBytes(dxf([...sides, line([0, 100], [0.3, 0.4])].flat()), 'a.dxf', {
      fixes: { closeGaps: true },
    });
    expect(closed.rows[0]?.planeAreaM2).toBeCloseTo(10_000, 1);
    const far = await read(
      ...sides,
      line([0, 100], [3, 4]),
      open(
        ...([
          [200, 0],
          [260, 0],
          [230, 40],
          [200, 0],
        ] as const),
      ),
    );
    expect(far.rows).toHaveLength(1);
    const missing = far.findings.find(({ code }) => code === 'dxf-chain-open');
    expect(missing).toMatchObject({ severity: 'warning', params: { layer: 'a', count: 4, gapM: 5 } });
    const [east, north] = projectorFor('EPSG:4527').forward(missing?.position ?? [0, 0]);
    expect(Math.hypot(east - EAST, north - NORTH)).toBeLessThan(6);
  });

  it('that run beside each other are no chain with a gap, and those of two chains that nearly meet are one', async () => {
    const row = (y: number): Pair[][] => [0, 40, 80].map(x => line([x, y], [x + 40, y]));
    const circle: Pair[] = [[0, 'CIRCLE'], [8, 'b'], ...at([300, 0]), [40, 50]];
    const contours = await read(...row(0), ...row(1), circle);
    expect(contours.codes).not.toContain('dxf-chain-open');
    const halves = [...row(0), line([120, 0], [120, 60]), line([120.2, 60], [0, 60])];
    const nearly = await read(...halves, line([0.3, 60.3], [0, 30]), line([0, 30], [0, 0.4]), circle);
    const gap = nearly.findings.find(({ code }) => code === 'dxf-chain-open');
    expect(gap?.params).toMatchObject({ layer: 'a', gapM: 0.4 });
  });

  it('have layers whose names are UTF-8 wherever the look at the beginning of the file ends', async () => {
    for (const shift of [0, 1, 2]) {
      const many = Array.from({ length: 1_500 }, (_unused, i) => line([i, 0], [i + 0.5, 0], '等高线'.repeat(20)));
      const circle: Pair[] = [[0, 'CIRCLE'], [8, '采坑'], ...at([300, 0]), [40, 50]];
      const comment: Pair = [999, 'x'.repeat(shift)];
      const answer = await diagnoseBytes(`${comment.join('\n')}\n${dxf([...many.flat(), ...circle])}`, 'a.dxf');
      expect([answer.encoding, answer.rows[0]?.attributes['layer']]).toEqual(['UTF-8', '采坑']);
    }
  });

  it('are joined inside of blocks, turned and scaled, and in drawings of degrees by the same metres', async () => {
    const own = (from: Corner, to: Corner): Pair[] => [
      ...([
        [0, 'LINE'],
        [8, '0'],
        [10, from[0]],
        [20, from[1]],
        [11, to[0]],
        [21, to[1]],
      ] as Pair[]),
    ];
    const block: Pair[] = [[0, 'BLOCK'], [2, 'B'], [10, 0], [20, 0], ...own([0, 0], [10, 0]), ...own([10, 0], [0, 10])];
    const insert: Pair[] = [[0, 'INSERT'], [8, 'x'], [2, 'B'], ...at([0, 0]), [41, 2], [42, 3], [50, 30]];
    const rows = await diagnoseBytes(dxf(insert, [...block, ...own([0, 10], [0, 0]), [0, 'ENDBLK']]), 'a.dxf');
    expect(rows.rows.map(({ attributes, planeAreaM2 }) => [attributes['layer'], Math.round(planeAreaM2 ?? 0)])).toEqual(
      [['x', 300]],
    );
    const degrees = [...own([112, 35], [112.001, 35]), ...own([112.001, 35], [112.001, 35.001])];
    const far = await diagnoseBytes(dxf([...degrees, ...own([112.001, 35.001], [112, 35.0005])]), 'a.dxf');
    expect(far.codes).toContain('dxf-without-outlines');
    const near = await diagnoseBytes(dxf([...degrees, ...own([112.001, 35.001], [112, 35.000_000_05])]), 'a.dxf', {
      fixes: { notation: 'degrees', order: 'lng-lat' },
    });
    expect(near.rows).toHaveLength(1);
  });
});

describe('splines of fit points', () => {
  const onCircle = (count: number): Corner[] =>
    Array.from({ length: count }, (_unused, i) => {
      const angle = (2 * Math.PI * i) / count;
      return [50 * Math.cos(angle), 50 * Math.sin(angle)];
    });
  const spline = (flags: number, points: readonly Corner[], tangents: Pair[] = []): Pair[] => [
    ...([
      [0, 'SPLINE'],
      [8, 's'],
      [70, flags],
      [71, 3],
      [74, points.length],
    ] as Pair[]),
    ...tangents,
    ...points.flatMap(point => at(point, 11)),
  ];

  it('run smoothly through their points, round where the drawing says that they are closed', async () => {
    const [round] = (await read(spline(1, onCircle(12)))).rows;
    expect(Math.abs((round?.planeAreaM2 ?? 0) / (Math.PI * 2500) - 1)).toBeLessThan(1e-3);
    const [first] = onCircle(1) as [Corner];
    const [twice] = (await read(spline(3, [...onCircle(12), first]))).rows;
    expect(twice?.planeAreaM2).toBeCloseTo(round?.planeAreaM2 ?? 0, 3);
    const ring = round?.geometry.coordinates[0]?.[0] ?? [];
    const { forward } = projectorFor('EPSG:4527');
    for (const [x, y] of onCircle(12)) {
      const distances = ring.map(forward).map(([e, n]) => Math.hypot(e - EAST - x, n - NORTH - y));
      expect(Math.min(...distances)).toBeLessThan(0.001);
    }
  });

  it('keep given tangents at their ends, and close with other lines', async () => {
    const half = onCircle(24).slice(0, 13);
    const upwards: Pair[] = [
      [12, 0],
      [22, 1],
      [13, 0],
      [23, -1],
    ];
    const [given] = (await read(spline(0, half, upwards), line([-50, 0], [50, 0], 's'))).rows;
    expect(Math.abs((given?.planeAreaM2 ?? 0) / (Math.PI * 1250) - 1)).toBeLessThan(1e-3);
    const [free] = (await read(spline(0, half), line([-50, 0], [50, 0], 's'))).rows;
    expect(Math.abs((free?.planeAreaM2 ?? 0) / (Math.PI * 1250) - 1)).toBeLessThan(1e-2);
    expect((await read(spline(1, []))).codes).toEqual(['dxf-without-outlines', 'dxf-entities-skipped']);
  });
});
