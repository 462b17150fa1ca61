import { closeChains } from './close-chains.ts';
import type { Piece, Point } from './piece.ts';
import { describe, expect, it } from 'vitest';
import { diagnoseBytes } from '../../../../../test/survey/diagnosing.ts';

type Corner = readonly [x: number, y: number];
interface Drawn {
  readonly corners: readonly Corner[];
  readonly isClosed?: boolean;
  readonly layer?: string;
}
const EAST = 39_438_683;
const NORTH = 3_751_508;
const dxf = (lines: readonly Drawn[]): string =>
  [
    '0\nSECTION\n2\nENTITIES',
    ...lines.map(({ corners, isClosed = false, layer = '地块' }) => {
      const points = corners.map(([x, y]) => `10\n${EAST + x}\n20\n${NORTH + y}`);
      return `0\nLWPOLYLINE\n8\n${layer}\n90\n${corners.length}\n70\n${isClosed ? 1 : 0}\n${points.join('\n')}`;
    }),
    '0\nENDSEC\n0\nEOF\n',
  ].join('\n');
const read = (lines: readonly Drawn[]) => diagnoseBytes(dxf(lines), 'a.dxf');
const areas = ({ rows }: Awaited<ReturnType<typeof read>>): number[] =>
  rows.map(({ planeAreaM2 = 0 }) => Math.round(planeAreaM2)).toSorted((a, b) => a - b);
const line = (...corners: Corner[]): Drawn => ({ corners });
const closed = (...corners: Corner[]): Drawn => ({ corners, isClosed: true });
const WHOLE = closed([0, 0], [100, 0], [100, 60], [0, 60]);

describe('a closed outline with lines in it', () => {
  it.each([
    ['across', [line([40, 0], [40, 60])], [2400, 3600]],
    ['that meet each other', [line([50, 0], [50, 30]), line([0, 30], [100, 30])], [1500, 1500, 3000]],
    ['from corner to corner', [line([0, 0], [100, 60])], [3000, 3000]],
    ['a little short of the border', [line([40, 0.004], [40, 59.995])], [2400, 3600]],
    ['in two pieces end to end', [line([40, 0], [45, 20]), line([45, 20], [40, 60])], [2550, 3450]],
  ] as const)('is cut by lines %s, and nothing is lost', async (_name, lines, expected) => {
    const whole = await read([WHOLE]);
    const cut = await read([WHOLE, ...lines]);
    expect(areas(cut)).toEqual([...expected]);
    expect(cut.areaM2 / whole.areaM2).toBeCloseTo(1, 6);
    const told = cut.findings.find(({ code }) => code === 'dxf-outline-divided');
    expect(told?.params).toEqual({ layer: '地块', count: lines.length, outlines: expected.length });
    expect(told?.position).toBeDefined();
    expect(cut.codes).not.toContain('dxf-open-lines');
    expect(cut.layers.map(({ count }) => count)).toEqual([expected.length]);
    expect(cut.errorCount).toBe(0);
  });

  it('is left whole by lines that hang, cross it, come from outside or are on another layer', async () => {
    for (const other of [
      line([40, 0], [40, 30]),
      line([40, -20], [40, 80]),
      { ...line([40, 0], [40, 60]), layer: '标注' },
    ]) {
      const answer = await read([WHOLE, other]);
      expect(areas(answer)).toEqual([6000]);
      expect(answer.codes).not.toContain('dxf-outline-divided');
    }
  });

  it('is cut beside a neighbour that is closed by itself, which stays what it is', async () => {
    const answer = await read([
      WHOLE,
      closed([100, 0], [150, 0], [150, 60], [100, 60]),
      closed([150, 0], [200, 0], [200, 60], [150, 60]),
      line([0, 30], [100, 30]),
      line([150, 20], [200, 20]),
    ]);
    expect(areas(answer)).toEqual([1000, 2000, 3000, 3000, 3000]);
    expect(answer.codes).not.toContain('rows-overlap');
  });

  it('may be cut between its border and a hole that is drawn closed as well', async () => {
    const answer = await read([
      WHOLE,
      closed([40, 20], [60, 20], [60, 40], [40, 40]),
      line([0, 30], [40, 30]),
      line([60, 30], [100, 30]),
    ]);
    // The inner one is no hole by being drawn: it is a row of its own, and lies on nobody else's land any more.
    expect(areas(answer)).toEqual([400, 2800, 2800]);
    expect(answer.codes).not.toContain('rows-overlap');
  });

  it('is told of, and left whole, where the lines are on another layer', async () => {
    const others = [line([50, 0], [50, 30]), line([0, 30], [100, 30])].map(one => ({ ...one, layer: '规划' }));
    const answer = await read([WHOLE, ...others]);
    expect(areas(answer)).toEqual([6000]);
    const told = answer.findings.find(({ code }) => code === 'dxf-outline-divided-elsewhere');
    expect(told?.params).toEqual({ layer: '地块', others: '规划', count: 2, outlines: 3 });
    expect(told?.position).toBeDefined();
    const hanging = { ...line([50, 0], [50, 30]), layer: '规划' };
    const passing = { ...line([50, -10], [50, 80]), layer: '规划' };
    const outside = [line([100, 10], [150, 10]), line([150, 10], [100, 50])].map(one => ({ ...one, layer: '规划' }));
    for (const idle of [[hanging], [passing], outside])
      expect((await read([WHOLE, ...idle])).codes).not.toContain('dxf-outline-divided-elsewhere');
  });

  it('is told to be divided perhaps, where the lines of another layer are too many to be worked out', async () => {
    // A fan of lines across each other: more pairs than are looked at.
    const fan = Array.from({ length: 1_100 }, (_unused, at) => ({
      ...line([at / 20, 0], [100 - at / 20, 60]),
      layer: '等高线',
    }));
    const answer = await read([WHOLE, ...fan]);
    expect(areas(answer)).toEqual([6000]);
    const told = answer.findings.find(({ code }) => code === 'dxf-outlines-perhaps-divided');
    expect(told?.params).toEqual({ layer: '地块', others: '等高线', count: 1_100 });
  });

  it('is looked at corner by corner no oftener than it takes, where tens of thousands of lines end on it', () => {
    const corners = 40_000;
    const at = (index: number, radius: number): Point => {
      const angle = (2 * Math.PI * (index % corners)) / corners;
      return [radius * Math.cos(angle), radius * Math.sin(angle)];
    };
    const round = Float64Array.from({ length: 2 * (corners + 1) }, (_unused, i) => at(i >> 1, 2_000)[i % 2] as number);
    const pieceOf = (start: Point, end: Point): Piece => {
      const pairs = Float64Array.from([...start, ...end]);
      return { layer: 'lines', start, end, pairs: () => pairs, count: 1, looseCount: 1, isStraight: true };
    };
    const hanging = Array.from({ length: corners - 1 }, (_unused, i) => pieceOf(at(i + 1, 2_000), at(i + 1, 1_990)));
    const across = pieceOf(at(0, 2_000), at(corners / 2 + 0.5, 2_000));
    const rings = [{ layer: 'plots', pairs: round }];
    const closed = closeChains([...hanging, across], rings, { meeting: 0.01, closing: 1, unitM: 1 });
    expect(closed.looseCount).toBe(corners);
    expect(closed.remarks.map(({ finding }) => [finding.code, finding.params?.['outlines']])).toEqual([
      ['dxf-outline-divided-elsewhere', 2],
    ]);
  });

  it.each(['plots', 'lines'])(
    'is told to be divided perhaps by lines of %s that are too many to be compared',
    layer => {
      const pairs = Float64Array.from([0, 0, 100, 0, 100, 60, 0, 60, 0, 0]);
      const lineOf = (start: Point, end: Point): Piece => {
        const own = Float64Array.from([...start, ...end]);
        return { layer, start, end, pairs: () => own, count: 1, looseCount: 1, isStraight: true };
      };
      const far = lineOf([1_000, 0], [1_001, 0]);
      const pieces = [lineOf([50, 0], [50, 60]), ...Array.from({ length: 200_000 }, () => far)];
      const closed = closeChains(pieces, [{ layer: 'plots', pairs }], { meeting: 0.01, closing: 1, unitM: 1 });
      expect(closed.divided.size).toBe(0);
      expect(closed.remarks.map(({ at, finding }) => [at, finding.code, finding.params])).toEqual([
        [[0, 0], 'dxf-outlines-perhaps-divided', { layer: 'plots', others: layer, count: pieces.length }],
      ]);
    },
  );

  it('lies among any number of lines that bound nothing', () => {
    const pieces = Array.from({ length: 150_000 }, (_unused, i): Piece => {
      const [x, y] = [10 * (i % 400), 10 * Math.floor(i / 400)];
      const [start, end]: [Point, Point] = [
        [x, y],
        [x + 5, y],
      ];
      return {
        layer: 'hatching',
        start,
        end,
        pairs: () => Float64Array.from([...start, ...end]),
        count: 1,
        looseCount: 1,
        isStraight: true,
      };
    });
    const pairs = Float64Array.from([2, 2, 3_000, 2, 3_000, 3_000, 2, 3_000, 2, 2]);
    const closed = closeChains(pieces, [{ layer: 'plots', pairs }], { meeting: 0.01, closing: 1, unitM: 1 });
    expect(closed).toMatchObject({ outlines: [], remarks: [], openCount: 0, looseCount: 150_000 });
  });
});
