import { describe, expect, it } from 'vitest';
import {
  EMPTY_SESSION,
  insertVertexAfter,
  moveVertex,
  putRing,
  reduceEdit,
  removeRing,
  removeVertex,
  type EditCommand,
  type EditSession,
} from './edit-session.ts';
import type { EditRing } from './rings.ts';

const TRIANGLE: [number, number][] = [
  [0, 0],
  [2, 0],
  [0, 2],
];
const run = (session: EditSession, ...commands: EditCommand[]): EditSession =>
  commands.reduce((now, command) => reduceEdit(now, { type: 'do', command }), session);
const first = (session: EditSession): EditRing => session.rings[0] as EditRing;

describe('edit session', () => {
  const drawn = run(EMPTY_SESSION, putRing('a', 'outer', [...TRIANGLE, [0, 0]], 'add-part'));

  it('keeps a drawn ring open and undoes and redoes it', () => {
    expect(first(drawn).positions).toEqual(TRIANGLE);
    const undone = reduceEdit(drawn, { type: 'undo' });
    expect(undone.rings).toEqual([]);
    expect(reduceEdit(undone, { type: 'redo' }).rings).toEqual(drawn.rings);
  });

  it('moves, inserts and removes corners, each a step of its own', () => {
    const moved = run(drawn, moveVertex(first(drawn), 1, [3, 0.0000000004]));
    expect(first(moved).positions[1]).toEqual([3, 0]);
    const inserted = run(moved, insertVertexAfter(first(moved), 2));
    expect(first(inserted).positions).toEqual([
      [0, 0],
      [3, 0],
      [0, 2],
      [0, 1],
    ]);
    const removed = run(inserted, removeVertex(first(inserted), 0));
    expect(first(removed).positions).toHaveLength(3);
    expect(removed.past.map(step => step.label)).toEqual(['add-part', 'move-vertex', 'insert-vertex', 'remove-vertex']);
    const back = [1, 2, 3, 4].reduce(now => reduceEdit(now, { type: 'undo' }), removed);
    expect(back.rings).toEqual([]);
    expect(back.future).toHaveLength(4);
  });

  it('refuses to leave a ring with two corners, and makes no step of it', () => {
    const same = run(drawn, removeVertex(first(drawn), 0));
    expect(same).toBe(drawn);
  });

  it('makes no step of a change that changes nothing', () => {
    expect(run(drawn, putRing('a', 'outer', TRIANGLE, 'change-ring'))).toBe(drawn);
    expect(run(drawn, removeRing('unknown'))).toBe(drawn);
  });

  it('forgets what was undone once something new is done', () => {
    const undone = reduceEdit(drawn, { type: 'undo' });
    const other = run(undone, putRing('b', 'hole', TRIANGLE, 'add-hole'));
    expect(other.future).toEqual([]);
    expect(reduceEdit(other, { type: 'redo' })).toBe(other);
  });

  it('starts afresh without a past', () => {
    expect(reduceEdit(drawn, { type: 'start', rings: [] })).toEqual(EMPTY_SESSION);
  });
});
