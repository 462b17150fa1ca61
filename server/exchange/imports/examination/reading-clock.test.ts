import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { ReadingClock } from './reading-clock.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('stands still while somebody else is waited for, and runs on with what was left', () => {
  const clock = new ReadingClock(1_000);
  vi.advanceTimersByTime(900);
  const goOn = clock.pause();
  vi.advanceTimersByTime(60_000);
  expect(clock.signal.aborted).toBe(false);
  goOn();
  vi.advanceTimersByTime(99);
  expect(clock.signal.aborted).toBe(false);
  vi.advanceTimersByTime(1);
  expect(clock.signal.aborted).toBe(true);
});

it('says nothing once it has ended', () => {
  const clock = new ReadingClock(1_000);
  clock.end();
  vi.advanceTimersByTime(5_000);
  expect(clock.signal.aborted).toBe(false);
});
