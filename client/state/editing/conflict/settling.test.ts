import { beforeEach, describe, expect, it } from 'vitest';
import { polygonAreaM2 } from '../../../../gis/earth/polygon-area.ts';
import type { LandEvent } from '../../../api/shapes/land.ts';
import type { Polygonal, Position } from '../../../../gis/types.ts';
import { measured } from '../assess/assessed.ts';
import { putRing } from '../edit-session.ts';
import { conflict } from '../saving.ts';
import { rectangle } from '../shaping/rectangle.ts';
import { dispatch, seenLandRevision, session, startEditing } from '../store.ts';
import { chooseKept, conflictParts, isComparing, keptParts, settle } from './settling.ts';

const at = (x: number, y: number): Position => [112 + x * 1e-5, 35 + y * 1e-5];
const MINE = [at(0, 3), at(100, 0), at(97, 80), at(3, 75)];
const theirs = rectangle(at(50, 0), at(150, 80)) as Polygonal;

describe('settling a conflict', () => {
  beforeEach(() => {
    startEditing(1, 3);
    dispatch({ type: 'do', command: putRing('a', 'outer', MINE, 'add-part') });
    conflict.value = { currentRevision: 4, events: [{ id: 7, geometry: theirs } as LandEvent] };
  });

  it('leaves what both drew to them where that is chosen, as one step that can be undone', async () => {
    const before = measured.value.areaM2;
    const both = conflictParts.value.filter(({ side }) => side === 'both');
    for (const { id } of both) chooseKept(id, false);
    expect(keptParts.value.size).toBe(conflictParts.value.filter(({ side }) => side === 'mine').length);
    await settle('edit');
    const gone = both.reduce((sum, { geometry }) => sum + polygonAreaM2(geometry), 0);
    expect(measured.value.areaM2).toBeCloseTo(before - gone, 1);
    expect(Math.max(...session.value.rings.flatMap(ring => ring.positions.map(([lng]) => lng)))).toBeCloseTo(
      112.0005,
      8,
    );
    expect([conflict.value, seenLandRevision.value, session.value.past.at(-1)?.label]).toEqual([null, 4, 'settle']);
    dispatch({ type: 'undo' });
    expect(measured.value.areaM2).toBe(before);
  });

  it('changes nothing where everything of mine is kept, and forgets the choices of the last conflict', async () => {
    chooseKept(conflictParts.value[0]?.id ?? '', false);
    conflict.value = { ...(conflict.value as NonNullable<typeof conflict.value>) };
    const { rings } = session.value;
    await settle('edit');
    expect(session.value.rings).toBe(rings);
  });

  it('holds no pieces of an earlier drawing while a large one is compared anew', async () => {
    const waved = Array.from({ length: 500 }, (_unused, i) => at(50 + 0.01 * (i % 2), (80 * i) / 499));
    const ring = [...waved, at(150, 80), at(150, 0), at(50, 0)];
    conflict.value = {
      currentRevision: 4,
      events: [{ id: 7, geometry: { type: 'Polygon', coordinates: [ring] } as Polygonal } as LandEvent],
    };
    await expect.poll(() => conflictParts.value.length).toBeGreaterThan(0);
    const before = conflictParts.value;
    dispatch({
      type: 'do',
      command: putRing(
        'b',
        'outer',
        MINE.map(([x, y]) => [x, y + 0.002] as const),
        'add-part',
      ),
    });
    expect(isComparing.value).toBe(true);
    expect(conflictParts.value).toEqual([]);
    await expect.poll(() => isComparing.value).toBe(false);
    expect(conflictParts.value.length).toBeGreaterThan(before.length);
  });
});
