import { describe, expect, it } from 'vitest';
import { placeNames, spreadApart } from './place-marks.ts';

const FRAME = { width: 600, height: 600 };

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
    const alone = placeNames([{ x: 300, y: 300, nameWidth: 80 }], FRAME);
    expect(alone).toEqual(['right']);
    expect(placeNames([{ x: 570, y: 300, nameWidth: 80 }], FRAME)).toEqual(['left']);
    const button = { x: 350, y: 290, w: 40, h: 40 };
    expect(placeNames([{ x: 300, y: 300, nameWidth: 80 }], FRAME, [button])).toEqual(['left']);
    const crowded = placeNames(
      [
        { x: 300, y: 300, nameWidth: 80 },
        { x: 360, y: 300, nameWidth: 80 },
      ],
      FRAME,
    );
    expect(crowded).toEqual(['left', 'right']);
    const around = [250, 300, 350].flatMap(x => [250, 300, 350].map(y => ({ x, y, nameWidth: 60 })));
    expect(placeNames(around, FRAME)[4]).toBeUndefined();
  });
});
