import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  areaTerm,
  formatDate,
  formatHa,
  formatLength,
  formatMu,
  formatNumber,
  formatPercent,
  signed,
  formatPosition,
  formatSeasonDay,
  sentenceOf,
  withDates,
} from './format.ts';
import { locale } from './locale.ts';

beforeEach(() => {
  locale.value = 'en';
});
afterEach(() => {
  locale.value = 'zh-CN';
});

describe('numbers as they are shown', () => {
  it('give areas in hectares and 亩 with their units', () => {
    expect(formatHa(1_012_695, 4)).toBe('101.2695 ha');
    expect(formatMu(20_000)).toBe('30.0 mu');
    locale.value = 'zh-CN';
    expect([formatHa(1_012_695), formatMu(20_000)]).toEqual(['101.27 公顷', '30.0 亩']);
  });
  it('never call land that is there nothing', () => {
    locale.value = 'en';
    expect([formatHa(12), formatHa(0), formatHa(49), formatMu(12), formatHa(50)]).toEqual([
      '<0.01 ha',
      '0.00 ha',
      '<0.01 ha',
      '<0.1 mu',
      '0.01 ha',
    ]);
  });
  it('give terms of a statement their signs, and the rounding of the overlay none', () => {
    locale.value = 'en';
    expect([areaTerm(-25_000, 'ha', '±'), areaTerm(25_000, 'ha', '±'), areaTerm(-0.008, 'ha', '±')]).toEqual([
      '−2.50',
      '+2.50',
      '0.00',
    ]);
    expect([areaTerm(10_000, 'mu', '−'), areaTerm(0, 'mu', '+'), areaTerm(10_000, 'ha', '')]).toEqual([
      '−15.0',
      '0.0',
      '1.00',
    ]);
  });
  it('give rates with two decimals, and a dash for none', () => {
    expect(formatPercent(0.8963)).toBe('89.63%');
    expect([formatPercent(null), formatHa(undefined), formatNumber(Number.NaN)]).toEqual(['—', '—', '—']);
  });
  it('give a change its sign, a true minus, and no minus nought', () => {
    expect([signed(5.15), signed(-3.478), signed(0), formatNumber(-0, 1)]).toEqual(['+5.15', '−3.48', '±0.00', '0.0']);
  });
  it('change from metres to kilometres', () => {
    expect([formatLength(999), formatLength(1500)]).toEqual(['999 m', '1.50 km']);
  });
  it('give calendar dates that no time zone moves', () => {
    expect(formatDate('2022-12-31')).toBe('31 Dec 2022');
    expect(formatSeasonDay('--03-15')).toBe('15 Mar');
    locale.value = 'zh-CN';
    expect(formatDate('2022-12-31')).toBe('2022年12月31日');
  });
  it('give positions with latitude first', () => {
    expect(formatPosition(-112.5, 35, 1)).toBe('35.0°N 112.5°W');
  });
});

it('writes the dates in a sentence of the server as every other date, and leaves names of files alone', () => {
  const said = 'Published as at 2021-12-31, 2022-12-31. From plots-2022-01-02.zip, 2022-01-02.csv; J2021-01-01.';
  expect(withDates(said)).toBe(
    'Published as at 31 Dec 2021, 31 Dec 2022. From plots-2022-01-02.zip, 2022-01-02.csv; J2021-01-01.',
  );
  locale.value = 'zh-CN';
  expect(withDates('（截至 2021-12-31）之内')).toBe('（截至 2021年12月31日）之内');
  expect(sentenceOf({ en: 'Since 2021-12-31', zh: '自 2021-12-31' })).toBe('自 2021年12月31日');
  expect(sentenceOf(null)).toBe('');
});

it('writes what is below nought with the sign of minus', () => {
  expect(formatNumber(-0.08, 2)).toBe('−0.08');
});
