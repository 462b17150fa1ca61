import { describe, expect, it } from 'vitest';
import { placeNames, spreadApart } from './place-marks.ts';

describe('rings on the map', () => {
  it('part until each can be hit, and stay where nothing is near', () => {
    const points = [
      { x: 100, y: 100 },
      { x: 110, y: 100 },
      { x: 100, y: 100 },
      { x: 400, y: 300 },
    ];
    const shifts = spreadApart(points);
    const at = points.map((point, index) => ({
      x: point.x + (shifts[index]?.x ?? 0),
      y: point.y + (shifts[index]?.y ?? 0),
    }));
    for (const [i, a] of at.entries()) {
      for (const b of at.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(44);
    }
    expect(shifts[3]).toEqual({ x: 0, y: 0 });
  });

  it('carry their names where there is room, and none where there is not', () => {
    const alone = placeNames([{ x: 0, y: 0, nameWidth: 80 }]);
    expect(alone).toEqual(['right']);
    const crowded = placeNames([
      { x: 0, y: 0, nameWidth: 80 },
      { x: 60, y: 0, nameWidth: 80 },
    ]);
    expect(crowded).toEqual(['left', 'right']);
    const around = [-50, 0, 50].flatMap(x => [-50, 0, 50].map(y => ({ x, y, nameWidth: 60 })));
    expect(placeNames(around)[4]).toBeUndefined();
  });
});
