import { afterEach, describe, expect, it } from 'vitest';
import { ApiProblem } from '../../api/problem.ts';
import { editMarks, positionsOf } from './marks.ts';
import { saveProblem } from './saving.ts';
import { startEditing, stopEditing } from './store.ts';

const refusal = new ApiProblem({
  code: 'breaks-later-event',
  params: { position: [112.5, 35.5] },
  errors: [
    { code: 'breaks-later-event', pointer: '/geometry', position: [112.5, 35.5] },
    { code: 'breaks-later-event', pointer: '/geometry', position: [112.6, 35.6] },
    { code: 'unknown-key', pointer: '/properties' },
  ],
});

afterEach(() => {
  stopEditing();
  saveProblem.value = null;
});

describe('marks of a refusal', () => {
  it('takes every spot once', () => {
    expect(positionsOf(refusal)).toEqual([
      [112.5, 35.5],
      [112.6, 35.6],
    ]);
  });
  it('takes nothing that is no position', () => {
    expect(positionsOf(new ApiProblem({ code: 'x', params: { position: '112,35' } }))).toEqual([]);
    expect(positionsOf(new ApiProblem({ code: 'x', params: { position: [null, 35] } }))).toEqual([]);
  });
  it('shows them while somebody draws, and not after', () => {
    startEditing(1, 3);
    saveProblem.value = refusal;
    expect(editMarks.value.map(mark => mark.label)).toEqual(['!', '!']);
    stopEditing();
    expect(editMarks.value).toEqual([]);
  });
});
