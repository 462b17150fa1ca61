import { describe, expect, it } from 'vitest';
import { diagnoseBytes } from '../../../../test/survey/diagnosing.ts';

type Pair = readonly [number, string | number];
const dxf = (entities: readonly Pair[], blocks: readonly Pair[] = [], layers: readonly Pair[] = []): string => {
  const all: Pair[] = [
    [0, 'SECTION'],
    [2, 'TABLES'],
    ...layers,
    [0, 'ENDSEC'],
    [0, 'SECTION'],
    [2, 'BLOCKS'],
    ...blocks,
    [0, 'ENDSEC'],
    [0, 'SECTION'],
    [2, 'ENTITIES'],
    ...entities,
    [0, 'ENDSEC'],
    [0, 'EOF'],
  ];
  return `${all.map(([code, value]) => `${code}\n${value}`).join('\n')}\n`;
};
const EAST = 39_438_683;
const NORTH = 3_751_508;
const light = (layer: string, corners: readonly (readonly [number, number, number?])[], closed = 1): Pair[] => [
  [0, 'LWPOLYLINE'],
  [8, layer],
  [90, corners.length],
  [70, closed],
  ...corners.flatMap(([x, y, bulge = 0]): Pair[] => [
    [10, EAST + x],
    [20, NORTH + y],
    [42, bulge],
  ]),
];
const SQUARE = [
  [0, 0],
  [100, 0],
  [100, 100],
  [0, 100],
] as const;

describe('drawings', () => {
  it('reads closed polylines with their layer, a text inside as the name, and counts what it passes over', async () => {
    const label: Pair[] = [
      [0, 'TEXT'],
      [8, '注记'],
      [10, EAST + 50],
      [20, NORTH + 50],
      [1, '\\U+4E1C采区'],
    ];
    const text = dxf([
      ...light('复垦_EST', SQUARE),
      ...label,
      [0, 'LINE'],
      [8, '0'],
      [0, 'DIMENSION'],
      [8, '0'],
      ...light('线', SQUARE.slice(0, 3), 0),
    ]);
    const answer = await diagnoseBytes(text, 'a.dxf');
    expect(answer.rows).toHaveLength(1);
    expect(answer.rows[0]).toMatchObject({ name: '东采区', attributes: { layer: '复垦_EST' } });
    expect(answer.rows[0]?.planeAreaM2).toBeCloseTo(10_000, 2);
    expect(answer.codes).toEqual(expect.arrayContaining(['dxf-entities-skipped', 'dxf-loose-lines', 'dxf-open-lines']));
  });

  it('turns arcs and circles into chords that keep their area', async () => {
    const disc = light('a', [
      [0, 0, 1],
      [100, 0, 1],
    ]);
    const circle: Pair[] = [
      [0, 'CIRCLE'],
      [8, 'b'],
      [10, EAST + 300],
      [20, NORTH],
      [40, 50],
    ];
    const answer = await diagnoseBytes(dxf([...disc, ...circle]), 'a.dxf');
    const exact = Math.PI * 2500;
    for (const row of answer.rows) expect(Math.abs((row.planeAreaM2 ?? 0) - exact) / exact).toBeLessThan(5e-4);
    expect(answer.rows).toHaveLength(2);
  });

  it('reads old polylines, hatches and blocks that are placed, turned and scaled', async () => {
    const old: Pair[] = [
      [0, 'POLYLINE'],
      [8, 'a'],
      [70, 1],
      ...SQUARE.flatMap(([x, y]): Pair[] => [
        [0, 'VERTEX'],
        [8, 'a'],
        [10, EAST + x],
        [20, NORTH + y],
      ]),
      [0, 'SEQEND'],
    ];
    const hatch: Pair[] = [
      [0, 'HATCH'],
      [8, 'h'],
      [91, 1],
      [92, 2],
      [72, 0],
      [73, 1],
      [93, 4],
      ...SQUARE.flatMap(([x, y]): Pair[] => [
        [10, EAST + x + 200],
        [20, NORTH + y],
      ]),
      [97, 0],
      [75, 0],
    ];
    const block: Pair[] = [
      [0, 'BLOCK'],
      [2, 'B'],
      [10, 0],
      [20, 0],
      [0, 'LWPOLYLINE'],
      [8, 'b'],
      [70, 1],
      [10, 0],
      [20, 0],
      [10, 10],
      [20, 0],
      [10, 10],
      [20, 10],
      [10, 0],
      [20, 10],
      [0, 'ENDBLK'],
    ];
    const insert: Pair[] = [
      [0, 'INSERT'],
      [8, 'b'],
      [2, 'B'],
      [10, EAST + 500],
      [20, NORTH],
      [41, 2],
      [42, 3],
      [50, 30],
    ];
    const answer = await diagnoseBytes(dxf([...old, ...hatch, ...insert], block), 'a.dxf');
    expect(answer.rows.map(row => Math.round(row.planeAreaM2 ?? 0))).toEqual([10_000, 10_000, 600]);
  });

  it('reads ellipses, splines and the curved edges of hatches', async () => {
    const ellipse: Pair[] = [
      [0, 'ELLIPSE'],
      [8, 'e'],
      [10, EAST],
      [20, NORTH],
      [11, 0],
      [21, 80],
      [40, 0.5],
      [41, 0],
      [42, 2 * Math.PI],
    ];
    // A circle of radius 40 as a quadratic rational spline of nine points.
    const ring = [
      [1, 0],
      [1, 1],
      [0, 1],
      [-1, 1],
      [-1, 0],
      [-1, -1],
      [0, -1],
      [1, -1],
      [1, 0],
    ] as const;
    const spline: Pair[] = [
      [0, 'SPLINE'],
      [8, 's'],
      [70, 1],
      [71, 2],
      ...[0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 4].map((knot): Pair => [40, knot]),
      ...ring.map((_point, index): Pair => [41, index % 2 === 0 ? 1 : Math.SQRT1_2]),
      ...ring.flatMap(([x, y]): Pair[] => [
        [10, EAST + 300 + 40 * x],
        [20, NORTH + 40 * y],
      ]),
    ];
    // Half a disc: a line, and an arc that is written clockwise.
    const hatch: Pair[] = [
      [0, 'HATCH'],
      [8, 'h'],
      [91, 1],
      [92, 1],
      [93, 2],
      [72, 1],
      [10, EAST + 550],
      [20, NORTH],
      [11, EAST + 650],
      [21, NORTH],
      [72, 2],
      [10, EAST + 600],
      [20, NORTH],
      [40, 50],
      [50, 180],
      [51, 360],
      [73, 0],
      [97, 0],
      [75, 0],
    ];
    const answer = await diagnoseBytes(dxf([...ellipse, ...spline, ...hatch]), 'a.dxf');
    const exact = [Math.PI * 80 * 40, Math.PI * 1600, (Math.PI * 2500) / 2];
    expect(answer.rows).toHaveLength(3);
    for (const [index, row] of answer.rows.entries())
      expect(Math.abs((row.planeAreaM2 ?? 0) / (exact[index] ?? 0) - 1)).toBeLessThan(1e-3);
  });

  it('leaves out layers that are frozen or off, tells their number and place, and reads them when asked', async () => {
    const layer = (name: string, flags: number, colour: number): Pair[] => [
      [0, 'LAYER'],
      [2, name],
      [70, flags],
      [62, colour],
    ];
    const table = [...layer('复垦', 0, 3), ...layer('旧图', 1, 1), ...layer('图框', 0, -7)];
    const shifted = (east: number) => SQUARE.map(([x, y]) => [x + east, y] as const);
    const text = dxf(
      [
        ...light('复垦', SQUARE),
        ...light('旧图', shifted(200)),
        ...light('图框', shifted(400)),
        ...light('0', shifted(600)),
      ],
      [],
      table,
    );
    const answer = await diagnoseBytes(text, 'a.dxf');
    expect(answer.rows.map(row => row.attributes['layer'])).toEqual(['复垦', '0']);
    expect(answer.findings.filter(({ code }) => code === 'dxf-layer-hidden').map(({ params }) => params)).toEqual([
      { layer: '旧图', count: 1 },
      { layer: '图框', count: 1 },
    ]);
    expect(answer.layers.find(({ name }) => name === '旧图')).toMatchObject({
      colour: '#ff0000',
      isFrozen: true,
      isOff: false,
      isTaken: false,
      count: 1,
    });
    expect(answer.layers.find(({ name }) => name === '图框')?.box?.[0]).toBeGreaterThan(
      answer.rows[0]?.geometry.coordinates[0]?.[0]?.[1]?.[0] ?? 0,
    );
    const asked = await diagnoseBytes(text, 'a.dxf', { fixes: { layers: { 旧图: true, 复垦: false } } });
    expect(asked.rows.map(row => row.attributes['layer'])).toEqual(['旧图', '0']);
    const none = await diagnoseBytes(text, 'a.dxf', { fixes: { layers: { 复垦: false, 0: false } } });
    expect(none.codes).toContain('dxf-layers-left-out');
    const odd = await diagnoseBytes(dxf(light('constructor', SQUARE)), 'a.dxf', { fixes: { layers: { 旧图: true } } });
    expect(odd.layers.map(({ name, isTaken }) => [name, isTaken])).toEqual([['constructor', true]]);
  });

  it('places arrays and mirrored blocks, and what lies on layer 0 of a block on that of its place', async () => {
    const block: Pair[] = [
      [0, 'BLOCK'],
      [2, 'B'],
      [10, 0],
      [20, 0],
      [0, 'LWPOLYLINE'],
      [8, '0'],
      [70, 1],
      ...[
        [0, 0],
        [10, 0],
        [10, 10],
      ].flatMap(([x = 0, y = 0]): Pair[] => [
        [10, x],
        [20, y],
      ]),
      [0, 'ENDBLK'],
    ];
    const insert = (x: number, more: readonly Pair[]): Pair[] => [
      [0, 'INSERT'],
      [8, 'k'],
      [2, 'b'],
      [10, x],
      [20, NORTH],
      ...more,
    ];
    const array = insert(EAST, [
      [70, 3],
      [71, 2],
      [44, 20],
      [45, 20],
    ]);
    const mirrored = insert(-EAST - 500, [[230, -1]]);
    const answer = await diagnoseBytes(dxf([...array, ...mirrored], block), 'a.dxf');
    expect(answer.rows.map(row => Math.round(row.planeAreaM2 ?? 0))).toEqual(Array.from({ length: 7 }, () => 50));
    expect(new Set(answer.rows.map(row => row.attributes['layer']))).toEqual(new Set(['k']));
    const many = await diagnoseBytes(
      dxf(
        insert(EAST, [
          [70, 30_000],
          [71, 30_000],
        ]),
        block,
      ),
      'a.dxf',
    );
    expect(many.codes).toEqual(['dxf-too-large']);
  });

  it('passes over paper space and frames of curves, and closes lines whose ends nearly meet', async () => {
    const vertex = (x: number, y: number, flags: number): Pair[] => [
      [0, 'VERTEX'],
      [10, EAST + x],
      [20, NORTH + y],
      [70, flags],
    ];
    const inSpace: Pair[] = [
      [0, 'POLYLINE'],
      [8, 'a'],
      [70, 9],
      ...SQUARE.flatMap(([x, y]) => vertex(x, y, 32)),
      ...vertex(500, 500, 16),
      [0, 'SEQEND'],
    ];
    const paper: Pair[] = [...light('p', SQUARE), [67, 1]];
    const nearly = light(
      'n',
      [
        [200, 0],
        [300, 0],
        [300, 100],
        [200, 100],
        [200, 0.4],
      ],
      0,
    );
    const answer = await diagnoseBytes(dxf([...inSpace, ...paper, ...nearly]), 'a.dxf');
    expect(answer.rows.map(row => Math.round((row.planeAreaM2 ?? 0) / 10))).toEqual([1000, 1000]);
    expect(answer.findings.find(({ code }) => code === 'dxf-entities-skipped')?.params).toEqual({
      type: 'LWPOLYLINE (paper space)',
      count: 1,
    });
    expect(answer.codes).toContain('closing-gap');
  });

  it('ends blocks that hold themselves', async () => {
    const block: Pair[] = [
      [0, 'BLOCK'],
      [2, 'B'],
      [0, 'INSERT'],
      [2, 'B'],
      [0, 'INSERT'],
      [2, 'B'],
      [0, 'ENDBLK'],
    ];
    const answer = await diagnoseBytes(
      dxf(
        [
          [0, 'INSERT'],
          [2, 'B'],
        ],
        block,
      ),
      'a.dxf',
    );
    expect(answer.codes).toEqual(['dxf-blocks-endless']);
  });
});
