import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { needsOf, parseStat } from '../../statistics.ts';
import type { ZoneShape } from '../../zone-shape.ts';
import { addPart, createZoneSums, storeOf } from '../../sums/zone-sums.ts';
import { settleZone } from '../../sums/settle-zone.ts';
import { CoverageRasteriser } from '../../coverage/coverage-rasteriser.ts';
import { PartSums } from '../part-sums.ts';
import {
  cellWindow,
  columnsOf,
  image,
  large,
  lendBlock,
  ROWS,
  starOf,
  shapeOf,
  WIDTH,
  window,
} from './lent-blocks.fixture.ts';
import { PairSums } from './pair-sums.ts';

const rasteriser = new CoverageRasteriser();

/** In or near the block. */
const shape = fc
  .record({
    u: fc.double({ min: -10, max: WIDTH + 10, noNaN: true }),
    v: fc.double({ min: -10, max: ROWS + 10, noNaN: true }),
    radii: fc.array(fc.double({ min: 0.1, max: 60, noNaN: true }), { minLength: 3, maxLength: 20 }),
  })
  .map(starOf);

describe('zones that stay in the memory from block to block', () => {
  it('are summed as one by one, whatever lies in the memory already', () => {
    fc.assert(
      fc.property(
        fc.array(shape, { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        fc.nat(),
        (shapes, isLowFirst, seed) => {
          const all = [...shapes, large];
          const together = createZoneSums(all.length, needsOf([]));
          const own = new PairSums(together, image);
          const other = new PairSums(together, image);
          const wanted = all.map(() => new PartSums());
          for (const block of [1, 2]) {
            const cells = Uint16Array.from({ length: 2 * WIDTH * ROWS }, (_, i) => (i * 7919 * block + seed) % 4001);
            const { pairs, giveBack } = lendBlock(deflateSync, cells);
            const inHand = { ...pairs, isLowFirst };
            expect(own.open(inHand, window)).toBe(true);
            const left = own.addTogether(Uint32Array.from(all.keys()), columnsOf(all), window);
            expect([...left]).toEqual([shapes.length]);
            expect([...other.addTogether(Uint32Array.of(0), columnsOf(all), window)]).toEqual([0]);
            for (const [zone, one] of all.entries()) {
              const part = new PartSums();
              const rows = one === large ? undefined : rasteriser.cover(one, cellWindow);
              if (rows !== undefined) own.add(rows, window, part);
              const sum = wanted[zone] as PartSums;
              for (const key of ['covered', 'count', 'weight2', 'sum'] as const) sum[key] += part[key];
            }
            giveBack();
          }
          own.close(() => expect.unreachable());
          for (const key of ['covered', 'count', 'weight2', 'sum'] as const) {
            expect([...together[key]]).toEqual(wanted.map(part => part[key]));
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it.each([
    [0, 1],
    [3, 1],
    [3, 30_000],
    [17, 1],
  ])('have the same spread, and %i percentiles, of values from %i on', (n, base) => {
    const stats = ['mean', 'stdev', 'min', 'max', ...Array.from({ length: n }, (_, i) => `p${(i * 100) / n}`)];
    const needs = needsOf(stats.map(parseStat));
    const shapes = fc.array(shape, { minLength: 1, maxLength: 6 });
    const modulus = fc.integer({ min: 2, max: 4001 });
    // All blocks, two of them or the first alone: values of zones that are not done are handed over at the end.
    const blocks = fc.integer({ min: 1, max: image.blocksAcross * 3 });
    fc.assert(
      fc.property(shapes, fc.boolean(), modulus, blocks, (shapes, isLowFirst, modulus, blockCount) => {
        const all = [...shapes, large];
        const columns = columnsOf(all);
        const [together, wanted] = [createZoneSums(all.length, needs), createZoneSums(all.length, needs)];
        const [own, other] = [new PairSums(together, image), new PairSums(wanted, image)];
        const taker = {
          take: (zone: number): void => storeOf(together, zone).append(own.kept),
          settle: (zone: number): void => settleZone(together, zone),
        };
        for (let block = 0; block < blockCount; block += 1) {
          const [blockCol, blockRow] = [block % 3, 9 + Math.floor(block / 3)];
          const at = { row: blockRow * ROWS, col: blockCol * WIDTH };
          const here = { ...window, ...at, blockCol, blockRow };
          const cellsHere = { firstRow: at.row, endRow: at.row + ROWS, firstCol: at.col, endCol: at.col + WIDTH };
          const cells = Uint16Array.from(
            { length: 2 * WIDTH * ROWS },
            (_, i) => base + ((i * 7919 * (block + 1)) % modulus),
          );
          const { pairs, giveBack } = lendBlock(deflateSync, cells);
          expect(own.open({ ...pairs, isLowFirst }, here)).toBe(true);
          const meets = ({ minU, maxU, minV, maxV }: ZoneShape): boolean =>
            minU < at.col + WIDTH && maxU > at.col && minV < at.row + ROWS && maxV > at.row;
          const numbers = Uint32Array.from([...all.keys()].filter(zone => meets(all[zone] as ZoneShape)));
          const left = own.keepTogether(numbers, columns, here, taker);
          expect([...left]).toEqual(meets(large) ? [shapes.length] : []);
          other.open({ ...pairs, isLowFirst }, here);
          for (const zone of numbers) {
            const part = new PartSums();
            const rows = zone === shapes.length ? undefined : rasteriser.cover(all[zone] as ZoneShape, cellsHere);
            if (rows === undefined) continue;
            other.addWithSpread(rows, here, part);
            addPart(wanted, zone, part);
            if (n > 0) storeOf(wanted, zone).append(other.kept);
          }
          giveBack();
        }
        own.close(taker.take);
        for (const key of ['covered', 'count', 'weight2', 'sum', 'deviation', 'min', 'max'] as const) {
          expect(together[key]).toEqual(wanted[key]);
        }
        for (const zone of together.stores.keys()) settleZone(together, zone);
        for (const zone of wanted.stores.keys()) settleZone(wanted, zone);
        wanted.settled.forEach((percentile, i) => {
          if (Number.isNaN(percentile)) expect(together.settled[i]).toBeNaN();
          else expect(together.settled[i]).toBeCloseTo(percentile, 12);
        });
      }),
      { numRuns: 150 },
    );
  });

  it('values that have no room from block to block, or are too many, are taken, and none of them is lost', () => {
    const size = 512;
    const blocks = { blockWidth: size, blockHeight: size, blocksAcross: 2, blocksDown: 1 };
    const needs = needsOf(['mean', 'median', 'p10', 'p90'].map(parseStat));
    // The first is too large with what it has in both blocks, the last ones find all room taken.
    const shapes = Array.from({ length: 14 }, (_, i) => {
      const [bottom, west] = [i === 0 ? 150 : 150 + 7 * i, i === 0 ? 4.5 : 200.25 - i];
      return shapeOf([
        [west, 1.5],
        [i === 0 ? 1000 : 600.75, 2],
        [i === 0 ? 1000 : 612, bottom],
        [west, bottom + 0.25],
      ]);
    });
    const columns = columnsOf(shapes);
    const [together, wanted] = [createZoneSums(shapes.length, needs), createZoneSums(shapes.length, needs)];
    const [own, other] = [new PairSums(together, blocks), new PairSums(wanted, blocks)];
    const taken: number[] = [];
    const settled: number[] = [];
    const take = (zone: number): void => {
      taken.push(zone);
      storeOf(together, zone).append(own.kept);
    };
    for (const blockCol of [0, 1]) {
      const [col, row] = [blockCol * size, 0];
      const here = { row, col, blockCol, blockRow: 0, width: size, height: size };
      const cells = Uint16Array.from({ length: 2 * size * size }, (_, i) => 900 + ((i * (7919 + blockCol)) % 40_009));
      const { pairs, giveBack } = lendBlock(deflateSync, cells, size, size);
      own.open(pairs, here);
      const numbers = Uint32Array.from(shapes.keys());
      const settle = (zone: number): void => {
        settled.push(zone);
        settleZone(together, zone);
      };
      expect([...own.keepTogether(numbers, columns, here, { take, settle })]).toEqual([]);
      other.open(pairs, here);
      for (const [zone, one] of shapes.entries()) {
        let rows = rasteriser.cover(one, { firstRow: 0, endRow: size, firstCol: col, endCol: col + size });
        for (; rows !== undefined; rows = rasteriser.more()) {
          other.addWithSpread(rows, here, new PartSums());
          storeOf(wanted, zone).append(other.kept);
        }
      }
      giveBack();
    }
    own.close(() => expect.unreachable());
    expect(settled).toContain(0);
    expect(settled.length).toBeGreaterThan(2);
    expect(settled.length).toBeLessThan(shapes.length);
    // Of the large one what was held of the first block is brought back in several turns.
    expect(taken.filter(zone => zone === 0).length).toBe(3);
    for (const zone of shapes.keys()) {
      settleZone(wanted, zone);
      for (let k = zone * 3; k < zone * 3 + 3; k += 1) {
        expect(together.settled[k]).toBeCloseTo(wanted.settled[k] as number, 12);
      }
    }
  });
});
