import { expect, it } from 'vitest';
import { dayAfter, dayBefore } from './calendar-days.ts';

it('goes over the ends of months, of years and of February', () => {
  expect(['2020-03-01', '2021-03-01', '2021-01-01'].map(dayBefore)).toEqual(['2020-02-29', '2021-02-28', '2020-12-31']);
  expect(['2020-02-28', '2021-02-28', '2020-12-31'].map(dayAfter)).toEqual(['2020-02-29', '2021-03-01', '2021-01-01']);
});
