import { describe, expect, it } from 'vitest';
import { readPlace, writePlace } from './url.ts';

describe('permalinks', () => {
  it('restore everything that they were made from', () => {
    const place = {
      mineId: 7,
      asAt: '2021-12-31',
      basis: 'E',
      scope: ['LIC', 'VOL'],
      groupBy: 'province',
      tab: 'ledger',
      view: 'list',
      layers: ['land', 'habitats'],
      scene: { id: 12, index: 'ndvi' },
      camera: { lng: 112.12345, lat: 35.54321, zoom: 13.25 },
      locale: 'en',
    };
    expect(readPlace(`?${writePlace(place)}`)).toEqual(place);
  });

  it('stay short where everything has its default', () => {
    expect(writePlace({ ...readPlace(''), locale: null })).toBe('');
  });

  it('keep an empty choice of layers apart from the default', () => {
    expect(readPlace('?layers=').layers).toEqual([]);
    expect(readPlace('').layers).toBeNull();
  });

  it.each([
    '?mine=-1',
    '?mine=abc',
    '?at=2021-13-45',
    '?at=2022-02-30',
    '?at=0999-12-31',
    '?map=99/12/11',
    '?map=5/91/0',
    '?scene=x',
    '?map=5',
  ])('pass over what cannot be: %s', search => {
    const place = readPlace(search);
    expect([place.mineId, place.asAt, place.camera, place.scene]).toEqual([null, null, null, null]);
  });
});
