import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Account } from '../../../api/shapes/session.ts';
import type { MultiPolygon, Position } from '../../../../gis/types.ts';
import { account } from '../../access/session.ts';
import { mineId } from '../../selection.ts';
import { putRing } from '../edit-session.ts';
import { changeForm, dispatch, form, session, startEditing, stopEditing, subject } from '../store.ts';
import { forKeeping, type Draft } from './draft.ts';
import type { DraftShelf } from './draft-shelf.ts';
import {
  continueDraft,
  discardDraft,
  discardDrawing,
  draftAfterSave,
  startDrafting,
  waitingDraft,
} from './drafting.ts';

const kept = new Map<string, Draft>();
const shelf: DraftShelf = {
  read: (accountId, mine) => Promise.resolve(kept.get(`${accountId} ${mine}`)),
  write: draft => Promise.resolve(void kept.set(`${draft.accountId} ${draft.mineId}`, structuredClone(draft))),
  remove: (accountId, mine) => Promise.resolve(void kept.delete(`${accountId} ${mine}`)),
};
const TRIANGLE: Position[] = [
  [112, 35],
  [112.01, 35],
  [112, 35.01],
];
const as = (id: number): Account => ({ id, role: 'manager' }) as unknown as Account;
const draw = (id: string): void => dispatch({ type: 'do', command: putRing(id, 'outer', TRIANGLE, 'add-part') });

/** Longer than anything waits before it is kept or looked for. */
const allIsQuiet = (): Promise<unknown> => vi.advanceTimersByTimeAsync(10_000);

beforeAll(() => void vi.useFakeTimers());
afterAll(() => void vi.useRealTimers());
startDrafting(shelf);
beforeEach(() => {
  stopEditing();
  kept.clear();
  account.value = as(1);
  mineId.value = 5;
  waitingDraft.value = null;
});

/** A draft as a closed tab leaves it. */
async function leaveDraft(): Promise<Draft> {
  startEditing(5, 3);
  draw('a');
  changeForm({ stage: 'DST' });
  await vi.waitFor(() => expect(kept.get('1 5')?.form.stage).toBe('DST'));
  const draft = kept.get('1 5') as Draft;
  stopEditing();
  return draft;
}

describe('a draft', () => {
  it('is kept while somebody draws, found again, and continued with its steps to undo', async () => {
    await leaveDraft();
    await vi.waitFor(() => expect(waitingDraft.value).not.toBeNull());
    continueDraft(waitingDraft.value as Draft);
    expect(session.value.rings.map(({ positions }) => positions)).toEqual([TRIANGLE]);
    expect(form.value.stage).toBe('DST');
    dispatch({ type: 'undo' });
    expect(session.value.rings).toEqual([]);
  });

  it('is shown to nobody else', async () => {
    await leaveDraft();
    account.value = as(2);
    await allIsQuiet();
    expect(waitingDraft.value).toBeNull();
    account.value = as(1);
    await vi.waitFor(() => expect(waitingDraft.value).not.toBeNull());
  });

  it('is put away for its owner when another account signs in, and left alone by a new session of the same', async () => {
    startEditing(5, 3);
    draw('a');
    account.value = as(1);
    expect(subject.value).not.toBeNull();
    account.value = as(2);
    expect(subject.value).toBeNull();
    await vi.waitFor(() => expect(kept.has('1 5')).toBe(true));
    expect(kept.has('2 5')).toBe(false);
  });

  it('goes when it is thrown away, and when it was saved', async () => {
    const draft = await leaveDraft();
    await discardDraft(draft);
    expect(kept.size).toBe(0);
    startEditing(5, 3);
    draw('b');
    draftAfterSave();
    stopEditing();
    await allIsQuiet();
    expect(kept.size).toBe(0);
  });

  it('is not offered again after what is being drawn was thrown away', async () => {
    const offered: unknown[] = [];
    const end = waitingDraft.subscribe(draft => offered.push(draft));
    startEditing(5, 3);
    draw('a');
    await vi.waitFor(() => expect(kept.size).toBe(1));
    discardDrawing();
    await allIsQuiet();
    end();
    expect(kept.size).toBe(0);
    expect(offered.filter(draft => draft !== null)).toEqual([]);
  });

  it('keeps pieces that wait when the one in hand was saved, and takes the first in hand', async () => {
    startEditing(5, 3);
    const geometry: MultiPolygon = { type: 'MultiPolygon', coordinates: [[[...TRIANGLE, TRIANGLE[0] as Position]]] };
    const tray = ['x', 'y'].map(id => ({ id, geometry, areaM2: 1 }));
    draw('a');
    dispatch({ type: 'do', command: { label: 'split', put: [], remove: [], tray } });
    draftAfterSave();
    stopEditing();
    await vi.waitFor(() => expect(waitingDraft.value?.session.tray).toHaveLength(2));
    continueDraft(waitingDraft.value as Draft);
    expect([session.value.rings.length, session.value.tray.length]).toEqual([1, 1]);
  });

  it('keeps the last steps of a long history, and the drawing whole', () => {
    const many = Array.from({ length: 40_000 }, (_, i): Position => [112 + i * 1e-7, 35]);
    const rings = [{ id: 'a', role: 'outer' as const, positions: many }];
    const sheet = { rings, tray: [] };
    const step = { label: 'move-vertex' as const, before: sheet, after: sheet };
    const small = forKeeping({ ...sheet, past: [step, step, step], future: [step, step] });
    expect([small.past.length, small.future.length, small.rings[0]?.positions.length]).toEqual([1, 1, 40_000]);
  });
});
