import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Position } from '../../../../gis/types.ts';
import { putRing } from '../edit-session.ts';
import { dispatch, startEditing, stopEditing } from '../store.ts';
import { isMeasured, measured, startAssessing } from './assessed.ts';
import { Desk, type Helper } from './desk.ts';
import { answer } from './desk-work.ts';

/** A ring of so many corners that it is measured beside the page. */
const ring = (radius: number): Position[] =>
  Array.from({ length: 600 }, (_, i): Position => {
    const angle = (2 * Math.PI * i) / 600;
    return [112 + radius * Math.cos(angle), 35 + radius * Math.sin(angle)];
  });

describe('a drawing that is measured beside the page', () => {
  beforeEach(() => void vi.stubGlobal('Worker', class {}));
  afterEach(() => {
    stopEditing();
    vi.unstubAllGlobals();
  });

  it('has the figures of its last change, also when the helper is slower than the hand that rests', async () => {
    // The search for remedies begins while the first answer is still awaited, and overtakes the second question.
    const slow: Helper = {
      ask: question => new Promise(done => setTimeout(() => done(answer(question)), 600)),
    };
    startAssessing(new Desk(slow));
    startEditing(5, 3);
    dispatch({ type: 'do', command: putRing('a', 'outer', ring(0.01), 'add-part') });
    dispatch({ type: 'do', command: putRing('a', 'outer', ring(0.02), 'move-vertex') });
    expect(isMeasured.value).toBe(false);
    await vi.waitFor(() => expect(isMeasured.value).toBe(true), { timeout: 5000 });
    const [larger, smaller] = [areaM2Of(0.02), areaM2Of(0.01)];
    expect(measured.value.areaM2).toBe(larger);
    expect(measured.value.areaM2).not.toBe(smaller);
  });
});

const areaM2Of = (radius: number): number =>
  answer({
    rings: [{ id: 'a', role: 'outer', positions: ring(radius) }],
    around: { allowed: null, habitats: [], cells: [] },
    wantsFixes: false,
  }).assessment.areaM2;
