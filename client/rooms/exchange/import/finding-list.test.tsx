import { renderToString } from 'preact-render-to-string';
import { afterEach, expect, it } from 'vitest';
import type { ImportAnswer, ImportFinding } from '../../../api/imports.ts';
import { importAnswer, stopImport } from '../../../state/mine/importing.ts';
import { FindingList } from './finding-list.tsx';

afterEach(stopImport);

const finding = (row?: number, position?: [number, number]): ImportFinding => ({
  code: 'area-differs',
  severity: 'warning',
  message: { en: 'The areas differ.', zh: '面积不符。' },
  ...(row === undefined ? {} : { row }),
  ...(position === undefined ? {} : { position }),
});
const ring = [
  [112, 35],
  [112.001, 35],
  [112, 35.001],
  [112, 35],
];

it('leads to the place of a finding, or to its row where it names none', () => {
  const feature = { id: 1, geometry: { type: 'MultiPolygon', coordinates: [[ring]] } };
  importAnswer.value = { features: [feature] } as unknown as ImportAnswer;
  const leads = (one: ImportFinding): boolean =>
    renderToString(<FindingList findings={[one]} />).includes('class="link');
  expect(leads(finding(undefined, [112, 35]))).toBe(true);
  expect(leads(finding(1))).toBe(true);
  expect(leads(finding(2))).toBe(false);
  expect(leads(finding())).toBe(false);
});
