import { describe, expect, it } from 'vitest';
import { toOffset } from '../../../../gis/crs/china-offset.ts';
import type { MultiPolygon, Position } from '../../../../gis/types.ts';
import { groundOf } from '../ground.ts';
import { findOffset } from './offset-of-web-map.ts';

const KM = 0.009;
const cornersAround = ([lng, lat]: Position, half: number): Position[] => [
  [lng - half, lat - half],
  [lng + half, lat - half],
  [lng + half, lat + half],
  [lng - half, lat + half],
];
/** A licence of two kilometres around a place, and a plot that fills it. */
function mineAt(place: Position): { readonly licence: MultiPolygon; readonly plot: Position[] } {
  const [first, ...rest] = cornersAround(place, KM);
  const ring = [first, ...rest, first] as Position[];
  const plot = cornersAround(place, KM * 0.98);
  return { licence: { type: 'MultiPolygon', coordinates: [[ring]] }, plot };
}
const NOWHERE = groundOf([]);
const INSIDE: readonly (readonly [string, Position])[] = [
  ['in Henan', [112.34, 34.81]],
  ['in Heilongjiang across from Russia', [127.53, 50.2]],
  ['in Mongolia', [106.85, 43.01]],
  ['in Laos', [102.61, 19.93]],
];
const ABROAD: readonly (readonly [string, Position])[] = [
  ['beyond the western edge of the rectangle', [71.98, 40.1]],
  ['beyond the eastern edge', [137.86, 36.3]],
  ['beyond the northern edge', [120.2, 55.85]],
  ['beyond the southern edge', [101.4, 0.8]],
  ['in Peru', [-76.1, -10.7]],
];

describe('the offset of a web map', () => {
  it.each(INSIDE)('is found %s where the licence is met without it only', (_name, place) => {
    const { licence, plot } = mineAt(place);
    const ground = groundOf([licence]);
    expect(findOffset(plot, undefined, ground)).toBeUndefined();
    for (const datum of ['GCJ-02', 'BD-09'] as const) {
      const found = findOffset(
        plot.map(corner => toOffset(corner, datum)),
        undefined,
        ground,
      );
      expect(found).toMatchObject({ code: 'offset-suspected', fix: { fixes: { offset: datum } } });
    }
    expect(findOffset(plot, undefined, NOWHERE)?.code).toBe('offset-unknown');
    expect(findOffset(plot, 'GCJ-02', ground)).toMatchObject({ code: 'offset-declared', severity: 'error' });
  });

  it.each(ABROAD)('is neither said nor asked for %s', (_name, place) => {
    const { licence, plot } = mineAt(place);
    const ground = groundOf([licence]);
    const displaced = plot.map(([lng, lat]): Position => [lng - 0.006, lat + 0.003]);
    for (const positions of [plot, displaced]) {
      expect(findOffset(positions, undefined, ground)).toBeUndefined();
      expect(findOffset(positions, undefined, NOWHERE)).toBeUndefined();
      expect(findOffset(positions, 'GCJ-02', ground)).toBeUndefined();
    }
    // Baidu shifts everywhere.
    expect(findOffset(plot, 'BD-09', ground)?.code).toBe('offset-declared');
  });
});
