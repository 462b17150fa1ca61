import { describe, expect, it } from 'vitest';
import type { GroupedRestoration } from '../api/shapes/land.ts';
import { boxAround, total } from './mines.ts';

const row = (numeratorM2: number, denominatorM2: number): GroupedRestoration =>
  ({
    rates: { RR1: { value: numeratorM2 / denominatorM2, numeratorM2, denominatorM2 } },
  }) as unknown as GroupedRestoration;

describe('the group', () => {
  it('is sum over sum: 90 of 100 and 0 of 10 are 81.8 %, not 45 %', () => {
    expect(total([row(90, 100), row(0, 10)], 'RR1').value).toBeCloseTo(90 / 110, 12);
  });
  it('has no rate where nothing is disturbed', () => {
    expect(total([], 'RR1')).toEqual({ value: null, numeratorM2: 0, denominatorM2: 0 });
  });
  it('is framed by the boxes that there are', () => {
    expect(boxAround([[1, 2, 3, 4], null, [0, 3, 2, 9]])).toEqual([0, 2, 3, 9]);
    expect(boxAround([null])).toBeUndefined();
  });
});
