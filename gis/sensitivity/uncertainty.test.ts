import { describe, expect, it } from 'vitest';
import { cellOfPosition } from './cell.ts';
import { cellUncertaintyM, generalisePosition } from './uncertainty.ts';

describe('uncertainty of a cell', () => {
  it.each([
    [[103.45678, 25.34567], 2, 7485],
    [[103.45678, 25.34567], 3, 749],
    [[103.45678, 25.34567], 4, 75],
    [[-70.04321, -23.00001], 2, 7546],
    [[110.1, 35.0], 2, 7183],
    [[110.98765, 41.23456], 2, 6958],
  ] as const)('%j in category %i is %i m', (position, category, expected) => {
    expect(cellUncertaintyM(cellOfPosition(position, category))).toBe(expected);
    expect(generalisePosition(position, category, null).coordinateUncertaintyM).toBe(expected);
  });

  it('is the same for every place of a cell and never tells the own uncertainty', () => {
    const one = generalisePosition([103.4501, 25.3401], 3, 12);
    expect(generalisePosition([103.4599, 25.3499], 3, 30)).toEqual(one);
    expect(generalisePosition([103.4501, 25.3401], 3, 41)).toEqual(generalisePosition([103.4501, 25.3401], 3, 99));
    expect(generalisePosition([103.4501, 25.3401], 3, 41).coordinateUncertaintyM).toBe(849);
  });

  it('goes up a step when the own uncertainty is wider than the cell', () => {
    expect(generalisePosition([103.4501, 25.3401], 4, 200).cell.stepDeg).toBe(0.01);
    expect(generalisePosition([103.4501, 25.3401], 4, 5000).cell.stepDeg).toBe(0.1);
    expect(generalisePosition([103.4501, 25.3401], 2, 50_000)).toMatchObject({ coordinateUncertaintyM: 17_485 });
  });
});
