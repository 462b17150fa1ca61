import { expect, it } from 'vitest';
import { diagnoseBytes } from '../../../../test/survey/diagnosing.ts';
import { pointLines } from './point-lines.ts';

const HEAD = '[属性描述]\n坐标系=2000国家大地坐标系\n[地块坐标]\n';
const linesOf = async (text: string, fixes = {}): Promise<string[]> => {
  const { rows } = await diagnoseBytes(HEAD + text, 'a.txt', { fixes });
  const features = rows.map(({ number, geometry, points }) => ({
    type: 'Feature' as const,
    id: number,
    geometry: geometry as never,
    properties: { points } as never,
  }));
  return [...pointLines({ features })].map(({ text: line }) => line);
};
const named = (lines: readonly string[]): string[] => lines.map(line => line.split('    ')[0] as string);
const xOf = (line: string | undefined): number => Number(line?.split('    ')[2]?.split(', ')[0]);

it('lists corners by the numbers of the file, in whatever order the outline has them', async () => {
  // Clockwise, as surveyors walk: stored counter-clockwise.
  const points = 'J11,1,3751508,39438683\nJ12,1,3751608,39438683\nJ13,1,3751608,39438783\nJ14,1,3751508,39438783\n';
  const lines = await linesOf(`4,1,1,甲,面,,,,@\n${points}J11,1,3751508,39438683\n`);
  expect(named(lines).slice(1).toSorted()).toEqual(['J11', 'J12', 'J13', 'J14']);
  for (const line of lines.slice(1)) {
    const isNorth = line.startsWith('J12') || line.startsWith('J13');
    expect(xOf(line)).toBeCloseTo(isNorth ? 3751608 : 3751508, 2);
  }
});

it('tells the rings of a hole apart, and names no corner that a repair made', async () => {
  const ring = (number: number, from: number, size: number): string =>
    [
      [0, 0],
      [size, 0],
      [size, size],
      [0, size],
    ]
      .map(([n = 0, e = 0], at) => `J${at + 1},${number},${3751508 + from + n},${39438683 + from + e}`)
      .join('\n');
  const hole = await linesOf(`8,1,1,甲,面,,,,@\n${ring(1, 0, 100)}\n${ring(2, 20, 10)}\n`);
  expect(new Set(named(hole))).toEqual(
    new Set([
      '行 row 1, 圈 ring 1',
      '行 row 1, 圈 ring 2',
      ...[1, 2].flatMap(n => [1, 2, 3, 4].map(i => `${n}/J${i}`)),
    ]),
  );
  const crossing =
    '4,1,1,甲,面,,,,@\nJ1,1,3751508,39438683\nJ2,1,3751608,39438783\nJ3,1,3751608,39438683\nJ4,1,3751508,39438783\n';
  const repaired = named(await linesOf(crossing, { repair: true, acceptAreas: true }));
  expect(repaired.filter(name => name === '（新 new）')).toHaveLength(2);
  expect(repaired).toContain('J3');
});
