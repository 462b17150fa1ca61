import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BlockBands, TakenBand } from '../../../gis/zonal/summing/plan-blocks.ts';
import { shareBands, takeFrom } from './share-bands.ts';

const bandsWith = (zones: readonly number[]): BlockBands => ({
  count: zones.length,
  needed: zones.filter(count => count > 0).length,
  zonesOf: band => new Uint32Array(zones[band] as number),
  tasks: () => [][Symbol.iterator]() as never,
});

const halvesOf = ({ band, part }: TakenBand): number[] =>
  part === 'whole' ? [2 * band, 2 * band + 1] : [2 * band + (part === 'first' ? 0 : 1)];

describe('work of several threads', () => {
  it('every half of a band is taken once, whoever is faster; what a thread takes lies side by side', () => {
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
          const next = takers[thread]?.();
          if (next === undefined) alive.delete(thread);
          else taken[thread]?.push(...halvesOf(next));
          if (alive.size === 0) break;
        }
        expect(taken.flat().sort((a, b) => a - b)).toEqual(Array.from({ length: 2 * counts.length }, (_, i) => i));
        for (const own of taken.map(halves => halves.sort((a, b) => a - b))) {
          for (let i = 1; i < own.length; i += 1) {
            expect(Math.abs((own[i] as number) - (own[i - 1] as number))).toBe(1);
          }
        }
      }),
      { numRuns: 500 },
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
});
