import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  asAt,
  eventDates,
  firstDay,
  lastDay,
  reachBack,
  setAsAt,
  stepTime,
  stops,
  togglePlaying,
  playing,
  yearEnds,
} from './time.ts';

beforeEach(() => {
  firstDay.value = '2019-06-01';
  lastDay.value = '2022-03-15';
  eventDates.value = ['2020-04-05', '2021-12-31', '2023-01-01'];
});
afterEach(() => {
  playing.value = false;
});

describe('the date slider', () => {
  it('stops at year ends, at dates of events in reach, and today', () => {
    expect(stops.value).toEqual(['2019-12-31', '2020-04-05', '2020-12-31', '2021-12-31', '2022-03-15']);
  });
  it('steps both ways and stays at the ends', () => {
    setAsAt('2020-01-01');
    expect(stepTime(1)).toBe(true);
    expect(asAt.value).toBe('2020-04-05');
    stepTime(-1);
    expect(asAt.value).toBe('2019-12-31');
    expect(stepTime(-1)).toBe(false);
    setAsAt('2022-03-15');
    expect(stepTime(1)).toBe(false);
  });
  it('never leaves its reach', () => {
    setAsAt('1990-01-01');
    expect(asAt.value).toBe('2019-06-01');
    setAsAt('2050-01-01');
    expect(asAt.value).toBe('2022-03-15');
  });
  it('reaches back to a ledger that begins earlier', () => {
    reachBack('2012-02-01');
    expect(yearEnds.value[0]).toBe('2012-12-31');
  });
  it('plays from the beginning when it stands at the end', () => {
    setAsAt('2022-03-15');
    togglePlaying();
    expect(asAt.value).toBe('2019-12-31');
    expect(playing.value).toBe(true);
  });
});
