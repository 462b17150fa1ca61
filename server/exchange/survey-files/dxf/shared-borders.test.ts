// Borders that neighbours share, drawn once: each piece of ground between the lines is a plot.
import { describe, expect, it } from 'vitest';
import { polygonAreaM2 } from '../../../../gis/earth/polygon-area.ts';
import { overlay } from '../../../../gis/geometry/overlay/overlay.ts';
import { diagnoseBytes } from '../../../../test/survey/diagnosing.ts';
import { randomOf } from '../../../../test/helpers/blobs.ts';

type Corner = readonly [x: number, y: number];
type Line = readonly Corner[];
const EAST = 39_438_683;
const NORTH = 3_751_508;
const dxf = (lines: readonly Line[]): string =>
  [
    '0\nSECTION\n2\nENTITIES',
    ...lines.map(corners => {
      const points = corners.map(([x, y]) => `10\n${EAST + x}\n20\n${NORTH + y}`);
      return `0\nLWPOLYLINE\n8\n界线\n90\n${corners.length}\n70\n0\n${points.join('\n')}`;
    }),
    '0\nENDSEC\n0\nEOF\n',
  ].join('\n');
const read = (lines: readonly Line[]) => diagnoseBytes(dxf(lines), 'a.dxf');
const areas = ({ rows }: Awaited<ReturnType<typeof read>>): number[] =>
  rows.map(({ planeAreaM2 = 0 }) => Math.round(planeAreaM2)).toSorted((a, b) => a - b);
/** Lines in any order and either direction. */
function shuffled(lines: readonly Line[], random: () => number): Line[] {
  return lines
    .map(line => ({ line: random() < 0.5 ? line : line.toReversed(), at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ line }) => line);
}
const SQUARE: readonly Line[] = [
  [
    [0, 0],
    [100, 0],
  ],
  [
    [100, 0],
    [100, 60],
  ],
  [
    [100, 60],
    [0, 60],
  ],
  [
    [0, 60],
    [0, 0],
  ],
];

describe('borders that are drawn once', () => {
  it('bound the ground on both of their sides, which is said', async () => {
    const answer = await read([
      [
        [0, 0],
        [50, 0],
        [50, 50],
      ],
      [
        [50, 50],
        [0, 50],
        [0, 0],
      ],
      [
        [50, 0],
        [100, 0],
        [100, 50],
        [50, 50],
      ],
    ]);
    expect(areas(answer)).toEqual([2_500, 2_500]);
    const shared = answer.findings.find(({ code }) => code === 'dxf-lines-shared');
    expect(shared).toMatchObject({ severity: 'info', params: { layer: '界线', count: 3, outlines: 2 } });
    expect(shared?.position).toBeDefined();
    expect(answer.errorCount).toBe(0);
  });

  it('end on the middle of a line, a few millimetres before or beyond it', async () => {
    for (const miss of [-0.004, 0, 0.004]) {
      const answer = await read([
        ...SQUARE,
        [
          [40, miss],
          [40, 60],
        ],
        [
          [40, 30],
          [100 + miss, 30],
        ],
      ]);
      expect(areas(answer)).toEqual([1_800, 1_800, 2_400]);
      expect(answer.errorCount).toBe(0);
    }
  });

  it('cross in the middle of the ground', async () => {
    expect(
      areas(
        await read([
          ...SQUARE,
          [
            [40, 0],
            [40, 60],
          ],
          [
            [0, 20],
            [100, 20],
          ],
        ]),
      ),
    ).toEqual([800, 1_200, 1_600, 2_400]);
  });

  it('leave out what hangs between them, and lines that are drawn twice', async () => {
    const answer = await read([
      ...SQUARE,
      ...SQUARE,
      [
        [40, 0],
        [40, 60],
      ],
      [
        [40, 30],
        [70, 30],
      ],
      [
        [40, 60],
        [40, 0],
      ],
    ]);
    expect(areas(answer)).toEqual([2_400, 3_600]);
    expect(answer.errorCount).toBe(0);
  });

  it('go round ground that touches them in one place, or in none', async () => {
    const inner = (x: number, y: number): Line[] => [
      [
        [x, y],
        [x + 10, y - 10],
      ],
      [
        [x + 10, y - 10],
        [x + 20, y],
      ],
      [
        [x + 20, y],
        [x + 10, y + 10],
      ],
      [
        [x + 10, y + 10],
        [x, y],
      ],
    ];
    const answer = await read([
      ...SQUARE,
      [
        [40, 0],
        [40, 60],
      ],
      ...inner(40, 30),
    ]);
    expect(areas(answer)).toEqual([200, 2_400, 3_400]);
    expect(answer.errorCount).toBe(0);
  });

  it('are all found again in ground that was divided at random', async () => {
    const random = randomOf(20);
    for (let round = 0; round < 12; round++) {
      const lines: Line[] = SQUARE.map(([a, b]) => [a as Corner, b as Corner]);
      const leaves: number[] = [];
      // Every line ends on the middle of another one; hardly any two corners are at one place.
      const split = (w: number, s: number, e: number, n: number, depth: number): void => {
        if (depth === 0 || Math.min(e - w, n - s) < 2) return void leaves.push((e - w) * (n - s));
        const share = 0.3 + 0.4 * random();
        if (e - w > n - s) {
          const x = Math.round(1_000 * (w + share * (e - w))) / 1_000;
          lines.push([
            [x, s],
            [x, n],
          ]);
          split(w, s, x, n, depth - 1);
          split(x, s, e, n, depth - 1);
        } else {
          const y = Math.round(1_000 * (s + share * (n - s))) / 1_000;
          lines.push([
            [w, y],
            [e, y],
          ]);
          split(w, s, e, y, depth - 1);
          split(w, y, e, n, depth - 1);
        }
      };
      split(0, 0, 100, 60, 1 + Math.floor(5 * random()));
      const answer = await read(shuffled(lines, random));
      expect(answer.rows).toHaveLength(leaves.length);
      const found = answer.rows.map(({ planeAreaM2 = 0 }) => planeAreaM2).toSorted((a, b) => a - b);
      for (const [index, area] of leaves.toSorted((a, b) => a - b).entries())
        expect(Math.abs((found[index] ?? 0) - area)).toBeLessThan(0.01);
      expect(answer.errorCount).toBe(0);
    }
  });

  it('are corner by corner the same for both neighbours: no gap, no overlap, in a net of bent lines', async () => {
    const random = randomOf(7);
    const [columns, rows] = [6, 5];
    const node = Array.from({ length: columns + 1 }, (_c, x) =>
      Array.from({ length: rows + 1 }, (_r, y): Corner => [20 * x + 8 * random(), 20 * y + 8 * random()]),
    );
    const at = (x: number, y: number): Corner => node[x]?.[y] ?? [0, 0];
    const bent = (a: Corner, b: Corner): Line => [a, [(a[0] + b[0]) / 2 + random(), (a[1] + b[1]) / 2 + random()], b];
    const lines: Line[] = [];
    for (let x = 0; x <= columns; x++)
      for (let y = 0; y <= rows; y++) {
        if (x < columns) lines.push(bent(at(x, y), at(x + 1, y)));
        if (y < rows) lines.push(bent(at(x, y), at(x, y + 1)));
      }
    const answer = await read(shuffled(lines, random));
    expect(answer.rows).toHaveLength(columns * rows);
    expect(answer.findings.map(({ code }) => code)).toEqual(['dxf-lines-shared']);
    const whole = overlay(
      answer.rows[0]!.geometry,
      { type: 'MultiPolygon', coordinates: answer.rows.slice(1).flatMap(({ geometry }) => geometry.coordinates) },
      'union',
    );
    expect(whole?.coordinates.map(rings => rings.length)).toEqual([1]);
    const sum = answer.rows.reduce((total, { areaM2 }) => total + areaM2, 0);
    expect(Math.abs(polygonAreaM2(whole!) / sum - 1)).toBeLessThan(1e-9);
  });

  it('are left alone where they are too many to be told apart, and the place is named', async () => {
    const lines = Array.from({ length: 800 }, (_line, i): Line[] => [
      [
        [i / 8, 0],
        [i / 8, 60],
      ],
      [
        [0, i / 16],
        [100, i / 16],
      ],
    ]).flat();
    const answer = await read([
      ...SQUARE,
      ...lines,
      [
        [200, 0],
        [210, 0],
        [210, 9],
        [200, 0],
      ],
    ]);
    expect(answer.rows).toHaveLength(1);
    const branch = answer.findings.find(({ code }) => code === 'dxf-lines-branch');
    expect(branch).toMatchObject({ severity: 'warning', params: { layer: '界线' } });
    expect(branch?.position).toBeDefined();
  });

  it('are not looked for among thousands of long lines across each other', async () => {
    const random = randomOf(3);
    const corner = (): Corner => [5_000 * random(), 5_000 * random()];
    const lines = Array.from({ length: 6_000 }, (): Line => [corner(), corner()]);
    const answer = await read(lines);
    expect(answer.codes).toContain('dxf-without-outlines');
  });
});
