import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Facility } from '../../api/shapes/mines.ts';
import { caught, isSnapping } from '../../state/editing/tools/snapping/caught.ts';
import { facilities } from '../../state/mine/places.ts';
import { catchHere, snapHere } from './snapping.ts';

const pond = {
  id: 1,
  type: 'TSF',
  nameZh: '北沟尾矿库',
  nameEn: 'North gully tailings facility',
  geometry: {
    type: 'Polygon',
    coordinates: [
      [
        [112, 34],
        [112.01, 34],
        [112.01, 34.01],
        [112, 34],
      ],
    ],
  },
} as unknown as Facility;
const reach = { lng: 1e-4, lat: 1e-4 };

describe('a corner that is set near other land', () => {
  beforeEach(() => (facilities.state.value = { status: 'ready', data: [pond] }));
  afterEach(() => {
    facilities.state.value = { status: 'idle' };
    caught.value = null;
    isSnapping.value = true;
  });

  it('tells whose corner or edge it fell on, and when it falls on none', () => {
    expect(snapHere([112.01002, 34.00003], reach)?.position).toEqual([112.01, 34]);
    expect(caught.value).toMatchObject({ isCorner: true, owner: { kind: 'facility', nameZh: '北沟尾矿库' } });
    expect(snapHere([112.005, 34.00003], reach)?.position).toEqual([112.005, 34]);
    expect(caught.value).toMatchObject({ isCorner: false, owner: { kind: 'facility' } });
    expect(snapHere([112.005, 34.001], reach)).toBeUndefined();
    expect(caught.value).toBeNull();
  });
  it('stays the same answer while a hand moves along one edge', () => {
    snapHere([112.005, 34.00003], reach);
    const first = caught.value;
    snapHere([112.006, 34.00002], reach);
    expect(caught.value).toBe(first);
  });
  it('falls where it is set once catching is turned off, but a traced outline still follows what it catches', () => {
    isSnapping.value = false;
    expect(snapHere([112.01002, 34.00003], reach)).toBeUndefined();
    expect(caught.value).toBeNull();
    expect(catchHere([112.01002, 34.00003], reach)?.corner).toBe(1);
    expect(caught.value).not.toBeNull();
  });
});
