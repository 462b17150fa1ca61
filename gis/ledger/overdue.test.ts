import { describe, expect, it } from 'vitest';
import { isOverdue, overdueBefore } from './overdue.ts';

describe('land that waits for works', () => {
  it('is overdue from the day after twelve months', () => {
    const at = (since: string, asAt: string) => isOverdue({ stage: 'RDY', since }, asAt);
    expect([at('2021-06-30', '2022-06-30'), at('2021-06-29', '2022-06-30')]).toEqual([false, true]);
    expect(at('2022-12-31', '2022-06-30')).toBe(false);
  });
  it('is of the stage in which works are awaited, and of no other', () => {
    const old = { since: '2000-01-01' };
    expect((['DST', 'LFM', 'EST', 'EXM'] as const).filter(stage => isOverdue({ ...old, stage }, '2022-06-30'))).toEqual(
      [],
    );
  });
  it('counts from 28 February where the year before has no 29th', () => {
    expect(overdueBefore('2024-02-29')).toBe('2023-02-28');
    expect(overdueBefore('2023-02-28')).toBe('2022-02-28');
  });
});
