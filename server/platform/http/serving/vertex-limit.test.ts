import { describe, expect, it } from 'vitest';
import { AppError } from '../../errors.ts';
import { assertFewVertices } from './vertex-limit.ts';

const ring = (vertices: number): number[][] =>
  Array.from({ length: vertices }, (_, i) => [100 + (i % 1000) / 1000, 30 + i / 1e6]);
const drawing = (...parts: number[][][][]) => ({
  type: 'Feature',
  geometry: { type: 'MultiPolygon', coordinates: parts },
  properties: {},
});
const refusal = (body: unknown, limit?: number): unknown => {
  try {
    assertFewVertices(body, limit);
  } catch (error) {
    return error instanceof AppError ? { code: error.code, ...error.params } : error;
  }
  return undefined;
};

describe('the limit on vertices at the door', () => {
  it('adds up the rings of every part, and lets through what is at the limit', () => {
    const body = drawing([ring(5), ring(4)], [ring(6)]);
    expect(refusal(body, 15)).toBeUndefined();
    expect(refusal(body, 14)).toEqual({ code: 'too-many-vertices', count: 15, limit: 14 });
    expect(refusal({ geometry: { type: 'Polygon', coordinates: [ring(9)] } }, 8)).toMatchObject({ count: 9 });
    expect(refusal({ geometry: { type: 'Point', coordinates: [1, 2] } }, 0)).toBeUndefined();
  });

  it('leaves what is no drawing to the schema, however deep it is nested', () => {
    let deep: unknown = [];
    for (let i = 0; i < 200_000; i++) deep = [deep];
    for (const coordinates of [deep, null, 'x', {}, [null, [[1, 2]]], [[], []]])
      expect(refusal({ geometry: { type: 'Polygon', coordinates } }, 1_000)).toBeUndefined();
    for (const body of [undefined, null, [], 7, { geometry: null }, { geometry: [] }])
      expect(refusal(body)).toBeUndefined();
  });

  it('looks at one vertex of a ring, however many it has', () => {
    const looked: unknown[] = [];
    const watched = new Proxy(ring(500_000), {
      get(vertices, key, receiver): unknown {
        if (typeof key === 'string' && key !== 'length') looked.push(key);
        return Reflect.get(vertices, key, receiver);
      },
    });
    expect(refusal(drawing([watched]))).toMatchObject({ count: 500_000, limit: 100_000 });
    expect(looked.filter(key => key !== '0')).toEqual([]);
  });
});
