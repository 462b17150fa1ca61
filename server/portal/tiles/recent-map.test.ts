import { expect, it } from 'vitest';
import { RecentMap } from './recent-map.ts';

it('drops what was used longest ago when the weight is reached', () => {
  const map = new RecentMap<string>(10);
  map.set('a', 'A', 4);
  map.set('b', 'B', 4);
  expect(map.get('a')).toBe('A');
  map.set('c', 'C', 4);
  expect([map.get('a'), map.get('b'), map.get('c')]).toEqual(['A', undefined, 'C']);
  map.set('a', 'A2', 1);
  expect([map.get('a'), map.weight]).toEqual(['A2', 5]);
  map.set('huge', 'H', 11);
  expect([map.get('huge'), map.get('c')]).toEqual([undefined, 'C']);
});
