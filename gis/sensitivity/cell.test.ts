import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellOfPosition, polygonOfCell } from './cell.ts';

describe('sensitivity cell', () => {
  it.each([
    [[103.45678, 25.34567], 2, [103.4, 25.3], [103.45, 25.35]],
    [[103.45678, 25.34567], 3, [103.45, 25.34], [103.455, 25.345]],
    [[103.45678, 25.34567], 4, [103.456, 25.345], [103.4565, 25.3455]],
    [[-70.04321, -23.00001], 2, [-70.1, -23.1], [-70.05, -23.05]],
    [[110.1, 35.0], 2, [110.1, 35.0], [110.15, 35.05]],
    [[110.98765, 41.23456], 2, [110.9, 41.2], [110.95, 41.25]],
    [[-70.1, -23.1], 2, [-70.1, -23.1], [-70.05, -23.05]],
    [[180, 90], 2, [-180, 89.9], [-179.95, 89.95]],
    [[1e-7, -1e-7], 4, [0, -0.001], [0.0005, -0.0005]],
    [[0, -0], 4, [0, 0], [0.0005, 0.0005]],
  ] as const)('%j in category %i', (position, category, southWest, centre) => {
    const cell = cellOfPosition(position, category);
    expect(cell.box.slice(0, 2).map(value => value + 0)).toEqual(southWest);
    expect(cell.centre).toEqual(centre);
    expect(polygonOfCell(cell).coordinates[0]).toHaveLength(5);
  });

  it('has no cell where nothing or everything is shown', () => {
    expect(() => cellOfPosition([100, 30], 1)).toThrow('sensitivity-no-cell');
    expect(() => cellOfPosition([100, 30], 0)).toThrow('sensitivity-no-cell');
    expect(() => cellOfPosition([30, 100], 3)).toThrow('coordinate-out-of-range');
    expect(() => cellOfPosition([Number.NaN, 0], 3)).toThrow('coordinate-out-of-range');
  });

  it('holds its place, is the cell of its own corner and centre, and finer cells nest in coarser ones', () => {
    const place = fc.tuple(
      fc.double({ min: -180, max: 179.999999, noNaN: true }),
      fc.double({ min: -90, max: 89.999999, noNaN: true }),
    );
    fc.assert(
      fc.property(place, position => {
        const cells = ([2, 3, 4] as const).map(category => cellOfPosition(position, category));
        for (const [index, cell] of cells.entries()) {
          const category = ([2, 3, 4] as const)[index] ?? 2;
          const [west, south, east, north] = cell.box;
          expect(position[0] >= west && position[0] < east && position[1] >= south && position[1] < north).toBe(true);
          expect(cellOfPosition([west, south], category)).toEqual(cell);
          expect(cellOfPosition(cell.centre, category)).toEqual(cell);
          const outer = cells[index - 1];
          if (outer) expect(outer.box[0] <= west && outer.box[2] >= east && outer.box[1] <= south).toBe(true);
        }
      }),
    );
  });
});
