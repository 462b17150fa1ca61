import { afterEach, describe, expect, it } from 'vitest';
import { en } from './en.ts';
import { locale } from './locale.ts';
import { hasText, t, tCode, tn, type Key } from './t.ts';
import { zhCN } from './zh-CN.ts';

const keys = Object.keys(en) as Key[];
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{(\w+)\}/g)].map(match => match[1] as string).sort();

afterEach(() => {
  locale.value = 'zh-CN';
});

describe('catalogues', () => {
  it('have the same keys, none of them empty', () => {
    expect(Object.keys(zhCN).sort()).toEqual([...keys].sort());
    expect(keys.filter(key => en[key].trim() === '' || zhCN[key].trim() === '')).toEqual([]);
  });

  it('use the same placeholders in both languages', () => {
    const differing = keys.filter(key => placeholders(en[key]).join() !== placeholders(zhCN[key]).join());
    expect(differing).toEqual([]);
  });

  it('keep Chinese out of English and English sentences out of Chinese', () => {
    expect(keys.filter(key => /[\u4e00-\u9fff]/.test(en[key]))).toEqual([]);
    expect(keys.filter(key => !/[\u4e00-\u9fff]/.test(zhCN[key]) && /[a-z]{4,}/.test(zhCN[key]))).toEqual([]);
  });

  it('write Chinese with the punctuation of Chinese', () => {
    const beside = /[\u4e00-\u9fff][,;:?!(]|[,;:?!)(][\u4e00-\u9fff]/;
    expect(keys.filter(key => beside.test(zhCN[key]))).toEqual([]);
  });

  it('say no key twice in the pieces that they are made of', async () => {
    const pieces = await Promise.all([
      import('./en/shell.ts').then(one => one.shell),
      import('./en/land.ts').then(one => one.land),
      import('./en/edit.ts').then(one => one.edit),
      import('./en/workbench.ts').then(one => one.workbench),
      import('./en/field.ts').then(one => one.field),
      import('./en/codes.ts').then(one => one.codes),
      import('./en/exports.ts').then(one => one.exports),
      import('./en/live.ts').then(one => one.live),
      import('./en/refusals.ts').then(one => one.refusals),
      import('./en/imports.ts').then(one => one.imports),
    ]);
    expect(pieces.reduce((sum, piece) => sum + Object.keys(piece).length, 0)).toBe(keys.length);
  });
});

describe('texts', () => {
  it('fill in what they are given', () => {
    expect(t('rate.asAt', { date: '2022' })).toBe('截至 2022');
    locale.value = 'en';
    expect(t('rate.asAt', { date: '2022' })).toBe('As at 2022');
  });
  it('choose the plural of the language', () => {
    locale.value = 'en';
    expect([tn('overview.mines', 1), tn('overview.mines', 8)]).toEqual(['1 mine', '8 mines']);
    locale.value = 'zh-CN';
    expect([tn('overview.mines', 1), tn('overview.mines', 8)]).toEqual(['1 座矿山', '8 座矿山']);
  });
  it('show a code that is newer than the client as it is', () => {
    expect(tCode('facility', 'TSF')).toBe('尾矿库');
    expect(tCode('facility', 'XYZ')).toBe('XYZ');
    expect(tCode('facility', null)).toBe('');
    expect(hasText('problem.network')).toBe(true);
  });
});
