import { afterEach, describe, expect, it } from 'vitest';
import { ApiProblem } from '../api/problem.ts';
import { locale } from './locale.ts';
import { problemText } from './problems.ts';

const refused = (code: string, params: Record<string, unknown>): ApiProblem =>
  new ApiProblem({ code, params, title: 'On 8730.53 m² from CMP to DST.', titleZh: '有 8730.53 m² 从 CMP 退回 DST。' });
const land = { areaM2: 8730.53, fromStage: 'CMP', stage: 'DST', effectiveOn: '2022-06-30', earliestOn: '2023-06-30' };

describe('a refusal of the ledger', () => {
  afterEach(() => void (locale.value = 'zh-CN'));

  it('speaks of stages, areas and dates as the page does, never in codes', () => {
    for (const language of ['zh-CN', 'en'] as const) {
      locale.value = language;
      for (const code of [
        'accepted-too-early',
        'footprint-shrinks',
        'event-too-small',
        'reclaimed-never-disturbed',
        'backward-without-reason',
        'certified-without-right',
      ]) {
        const said = problemText(refused(code, land));
        expect(said).toContain('0.8731');
        expect(said).not.toMatch(/CMP|DST|m²|2022-06-30|[{}]/);
        const later = problemText(refused('breaks-later-event', { ...land, eventId: 7, fault: code }));
        expect(later).toMatch(/#7/);
        expect(later).not.toMatch(/CMP|DST|m²|[{}]/);
      }
    }
  });
  it('is the server’s own sentence where this page has none', () => {
    expect(problemText(refused('a-newer-rule', land))).toBe('有 8730.53 m² 从 CMP 退回 DST。');
    expect(problemText(new ApiProblem({ code: 'a-newer-rule' }))).toContain('a-newer-rule');
  });
});
