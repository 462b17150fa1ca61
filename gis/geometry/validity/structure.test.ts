import { expect, it } from 'vitest';
import { validatePolygonal } from '../validate.ts';

const firstIssue = (west: number, south: number, east: number, north: number) =>
  validatePolygonal({
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  })[0];

it('names the numbers that cannot be where others of the outline could', () => {
  expect(firstIssue(104, 30, 104.2, 95)).toMatchObject({
    code: 'position-out-of-world',
    params: { lng: 104, lat: 95 },
  });
  expect(firstIssue(104, -95, 104.2, 30)).toMatchObject({ params: { lng: 104, lat: -95 } });
  expect(firstIssue(104, 30, 39_438_783, 31)).toMatchObject({
    code: 'coordinates-in-metres',
    params: { x: 39_438_783, y: 30 },
  });
});
