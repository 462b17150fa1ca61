import { describe, expect, it } from 'vitest';
import { chooseBands } from './choose-bands.ts';

const bands = (...descriptions: (string | undefined)[]) =>
  descriptions.map((description, i) => ({ number: i + 1, description, scale: 1, offset: 0 }));
const unnamed = (count: number) => bands(...Array.from<undefined>({ length: count }));

describe('chooseBands', () => {
  it.each([
    [['B02', 'B03', 'B04', 'B08'], 3, 4],
    [['nir', 'red'], 2, 1],
    [['Near Infrared', 'Red edge', 'Red'], 3, 1],
    [['蓝', '绿', '红', '红边', '近红外'], 3, 5],
    [['Band 4', 'Band 8'], 1, 2],
  ])('finds red and near infrared by what the file calls them: %j', (names, red, nir) => {
    expect(chooseBands(bands(...names))).toMatchObject({ from: 'described', choice: { index: 'ndvi', red, nir } });
  });

  it.each([
    [2, 1, 2],
    [4, 3, 4],
    [7, 4, 5],
    [12, 4, 8],
  ])('guesses by %d bands, and says that it does', (count, red, nir) => {
    expect(chooseBands(unnamed(count))).toMatchObject({ from: 'count', choice: { index: 'ndvi', red, nir } });
  });

  it('computes nothing from one band, or from colours alone', () => {
    expect(chooseBands(unnamed(1))).toMatchObject({ from: 'single', choice: { index: 'band', value: 1 } });
    expect(chooseBands(bands('red', 'green', 'blue'))).toMatchObject({ from: 'single', choice: { index: 'band' } });
  });
});
