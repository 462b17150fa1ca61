import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { notices, notify } from './notices.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.runAllTimers();
  vi.useRealTimers();
});

it('says the same once, however often a command is tried', () => {
  notify('Sign in first');
  notify('Saved', 'good');
  notify('Sign in first');
  expect(notices.value.map(({ text }) => text)).toEqual(['Saved', 'Sign in first']);
});
it('goes by itself, counted from the last time it was said', () => {
  notify('Sign in first');
  vi.advanceTimersByTime(4000);
  notify('Sign in first');
  vi.advanceTimersByTime(4000);
  expect(notices.value).toHaveLength(1);
  vi.advanceTimersByTime(4000);
  expect(notices.value).toEqual([]);
});
