import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { settledAsAt } from '../state/time.ts';
import { mapBehind } from '../state/view.ts';
import { followDate, mapAsAt } from './map-date.ts';

let isAway = false;
const answers = (): Promise<Response> =>
  isAway ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve(Response.json({ version: '1' }));

describe('the date of the map', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('fetch', answers);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('stays, and says so, while the server is away; follows when it is back', async () => {
    settledAsAt.value = '2020-12-31';
    const end = followDate();
    settledAsAt.value = '2021-12-31';
    await vi.waitFor(() => expect(mapAsAt.value).toBe('2021-12-31'));
    isAway = true;
    settledAsAt.value = '2022-12-31';
    await vi.waitFor(() => expect(mapBehind.value).not.toBe(null));
    expect(mapAsAt.value).toBe('2021-12-31');
    isAway = false;
    await vi.advanceTimersByTimeAsync(3000);
    await vi.waitFor(() => expect([mapAsAt.value, mapBehind.value]).toEqual(['2022-12-31', null]));
    isAway = true;
    settledAsAt.value = '2019-12-31';
    await vi.waitFor(() => expect(mapBehind.value).not.toBe(null));
    // Back at the date that is shown: nothing is behind.
    settledAsAt.value = '2022-12-31';
    expect(mapBehind.value).toBe(null);
    end();
  });
});
