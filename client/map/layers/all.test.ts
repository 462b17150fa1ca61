import { expect, it } from 'vitest';
import type { MapTheme } from '../theme.ts';
import { allLayers } from './all.ts';

it('draws names over the outline of what is lit, and the numbers of a conflict over all', () => {
  const theme = new Proxy({}, { get: () => '#123456' }) as MapTheme;
  const order = allLayers(theme, 'en').map(({ id }) => id);
  expect(new Set(order).size).toBe(order.length);
  const outline = order.indexOf('focus-line');
  expect(outline).toBeGreaterThan(order.indexOf('land-fill'));
  for (const name of ['facilities-symbol', 'habitats-label', 'occurrences-label'])
    expect(order.indexOf(name)).toBeGreaterThan(outline);
  expect(order.indexOf('conflict-number')).toBeGreaterThan(order.indexOf('occurrences-label'));
});
