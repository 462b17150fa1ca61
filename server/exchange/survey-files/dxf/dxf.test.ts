import { describe, expect, it } from 'vitest';
import { diagnoseBytes } from '../../../../test/survey/diagnosing.ts';

type Pair = readonly [number, string | number];
const dxf = (entities: readonly Pair[], blocks: readonly Pair[] = []): string => {
  const all: Pair[] = [
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
      [0, 'SPLINE'],
      [8, '0'],
      ...light('线', SQUARE.slice(0, 3), 0),
    ]);
    const answer = await diagnoseBytes(text, 'a.dxf');
    expect(answer.rows).toHaveLength(1);
    expect(answer.rows[0]).toMatchObject({ name: '东采区', attributes: { layer: '复垦_EST' } });
    expect(answer.rows[0]?.planeAreaM2).toBeCloseTo(10_000, 2);
    expect(answer.codes).toEqual(expect.arrayContaining(['dxf-entities-skipped', 'dxf-open-lines']));
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
