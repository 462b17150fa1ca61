import { renderToString } from 'preact-render-to-string';
import { afterEach, expect, it } from 'vitest';
import type { ImportFinding } from '../../../api/imports.ts';
import { LOCALES, locale } from '../../../i18n/locale.ts';
import { FindingList } from './finding-list.tsx';
import { readParameters } from './read-parameters.ts';

afterEach(() => void (locale.value = 'zh-CN'));

const finding = (code: string): ImportFinding => ({
  code,
  severity: 'error',
  message: { en: 'It needs parameters.', zh: '需要参数。' },
  params: { datum: '1954北京坐标系', datumCode: 'beijing54' },
});

it('asks for the parameters of an older datum where a file needs them, and nowhere else', () => {
  for (const language of LOCALES) {
    locale.value = language;
    const html = renderToString(<FindingList findings={[finding('datum-needs-parameters')]} />);
    expect(html).toMatch(
      language === 'en' ? /Shift parameters.*Type 3 or 7 numbers/s : /转换参数.*请输入 3 个或 7 个数/s,
    );
    expect(renderToString(<FindingList findings={[finding('zone-mismatch')]} />)).not.toContain('<input');
  }
});

it.each([
  ['-12, 113, 41', [-12, 113, 41]],
  ['−12，113，41，0、0；0 1.5', [-12, 113, 41, 0, 0, 0, 1.5]],
  ['-12 113', undefined],
  ['a, b, c', undefined],
  ['', undefined],
])('reads %s', (text, expected) => {
  expect(readParameters(text)).toEqual(expected);
});
