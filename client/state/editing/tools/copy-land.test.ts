import { expect, it } from 'vitest';
import type { Polygonal } from '../../../../gis/types.ts';
import { cameraWish } from '../../view.ts';
import { session, startEditing, stopEditing, tool } from '../store.ts';
import { copyLand } from './commands.ts';

const squareAt = (west: number): Polygonal => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, 35],
      [west + 0.001, 35],
      [west + 0.001, 35.001],
      [west, 35.001],
      [west, 35],
    ],
  ],
});

it('brings copied land before the eyes as a starting shape, and stays where it is beside a drawing', () => {
  startEditing(1, 1);
  const before = cameraWish.value;
  copyLand(squareAt(112));
  expect(tool.value).toBe('select');
  const first = cameraWish.value;
  expect(first).not.toBe(before);
  expect(first?.box[0]).toBeLessThan(112);
  expect(first?.box[2]).toBeGreaterThan(112.001);
  copyLand(squareAt(112.01));
  expect(session.value.rings).toHaveLength(2);
  expect(cameraWish.value).toBe(first);
  stopEditing();
});
