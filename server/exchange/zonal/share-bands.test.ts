import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BlockBands } from '../../../gis/zonal/summing/plan-blocks.ts';
import { openShapes, shareShapes } from './shared-shapes.ts';
import { shareBands, takeFrom } from './share-bands.ts';

const bandsWith = (zones: readonly number[]): BlockBands => ({
  count: zones.length,
  needed: zones.filter(count => count > 0).length,
  zonesOf: band => new Uint32Array(zones[band] as number),
  tasks: () => [][Symbol.iterator]() as never,
});

describe('work of several threads', () => {
  it('every band is taken once, whoever is faster; what a thread takes lies side by side', () => {
    const zones = fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 60 });
    const turns = fc.infiniteStream(fc.nat());
    fc.assert(
      fc.property(zones, fc.integer({ min: 1, max: 7 }), turns, (counts, threads, order) => {
        const takers = shareBands(bandsWith(counts), threads).map(takeFrom);
        expect(takers).toHaveLength(threads);
        const taken = takers.map((): number[] => []);
        const alive = new Set(takers.keys());
        for (const turn of order) {
          const thread = [...alive][turn % alive.size] as number;
          const band = takers[thread]?.();
          if (band === undefined) alive.delete(thread);
          else taken[thread]?.push(band);
          if (alive.size === 0) break;
        }
        expect(taken.flat().sort((a, b) => a - b)).toEqual([...counts.keys()]);
        for (const own of taken) {
          for (let i = 1; i < own.length; i += 1) {
            expect(Math.abs((own[i] as number) - (own[i - 1] as number))).toBe(1);
          }
        }
      }),
      { numRuns: 500, seed: 2 },
    );
  });

  it('two pairs of threads get stretches of about equal work', () => {
    const shares = shareBands(bandsWith(Array.from({ length: 40 }, (_, i) => (i < 20 ? 0 : 500))), 4);
    expect(shares.map(({ from, to }) => [from, to])).toEqual([
      [0, 30],
      [0, 30],
      [30, 40],
      [30, 40],
    ]);
  });

  it('shapes come out of shared memory as they went in', () => {
    const shape = {
      points: Float64Array.of(0, 0, 4, 0, 4, 3),
      ringEnds: Uint32Array.of(3),
      ringSigns: Int8Array.of(-1),
      minU: 0,
      maxU: 4,
      minV: 0,
      maxV: 3,
      areaCells: 6,
    };
    const other = { ...shape, points: shape.points.map(v => v + 7), minU: 7, maxU: 11, minV: 7, maxV: 10 };
    const shared = shareShapes([shape, 'not-finite', other]);
    expect(shared.rooms.every(room => room.buffer instanceof SharedArrayBuffer)).toBe(true);
    expect(openShapes(structuredClone(shared))).toEqual([shape, 'empty-geometry', other]);
  });
});
