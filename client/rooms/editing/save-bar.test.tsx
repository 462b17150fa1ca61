import { renderToString } from 'preact-render-to-string';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ApiProblem } from '../../api/problem.ts';
import { locale } from '../../i18n/locale.ts';
import { preview, saveProblem, toDraft } from '../../state/editing/saving.ts';
import { facilities } from '../../state/mine/places.ts';
import { changeForm, form, startEditing, stopEditing } from '../../state/editing/store.ts';
import * as sample from '../panels.fixture.ts';
import { EditPanel } from './edit-panel.tsx';
import { EventFormFields } from './event-form.tsx';

const refusal = new ApiProblem({
  code: 'certified-without-right',
  title: 'Certified land would be taken again',
  titleZh: '已移交土地被重新占用',
  params: { position: [112.5, 35.5] },
  requestId: 'r-17',
});

beforeEach(() => {
  locale.value = 'en';
  startEditing(1, 3);
});
afterEach(() => {
  stopEditing();
  saveProblem.value = null;
  preview.value = null;
  locale.value = 'zh-CN';
});

describe('a refused save', () => {
  it('is told once, in the bar that stays in sight, with the way to its spot', () => {
    saveProblem.value = refusal;
    const [above = '', bar = ''] = renderToString(<EditPanel />).split('class="edit-foot');
    expect(above).not.toContain('Certified land would be taken again');
    expect(bar).toMatch(/role="alert".*Certified land would be taken again.*r-17.*Show.*Save to the ledger/s);
  });

  it('offers no way to a spot that it does not name', () => {
    saveProblem.value = new ApiProblem({ code: 'internal', title: 'Broken' });
    expect(renderToString(<EditPanel />).split('class="edit-foot')[1]).not.toContain('>Show<');
  });
});

describe('the form of an event', () => {
  it('asks for a new right where certified land is covered, or where the server asked for it', () => {
    const shown = (): boolean => renderToString(<EventFormFields />).includes('New right');
    expect(shown()).toBe(false);
    saveProblem.value = refusal;
    expect(shown()).toBe(true);
    saveProblem.value = null;
    preview.value = {
      areaM2: 1,
      perimeterM: 4,
      insideBoundaryM2: 1,
      outsideBoundaryM2: 0,
      issues: [],
      repairs: [],
      byStage: [{ stage: 'CRT', areaM2: 1 }],
    };
    expect(shown()).toBe(true);
  });

  it('sends right and severity, and nothing of what is left empty', () => {
    changeForm({ stage: 'DST', severity: '3', rightRef: ' LIC-7 ' });
    expect(toDraft(form.value, null)).toMatchObject({ severity: 3, rightRef: 'LIC-7' });
    changeForm({ severity: '', rightRef: ' ' });
    expect(Object.keys(toDraft(form.value, null) ?? {})).toEqual(['stage', 'effectiveOn', 'scope', 'evidenceGrade']);
  });

  it('starts a correction from what was recorded, and loses nothing of it', () => {
    const recorded = {
      stage: 'RDY',
      effectiveOn: '2021-05-04',
      scope: 'LEG',
      evidenceGrade: 'E3',
      reason: 'CORR',
      damageType: 'SUB',
      severity: 2,
      rightRef: 'LIC-7',
      facilityId: 12,
    } as const;
    startEditing(1, 3, { ...sample.event, ...recorded });
    expect(toDraft(form.value, sample.event)).toEqual({ ...recorded, replaces: sample.event.id });
  });

  it('lets a facility of the mine be chosen, and keeps one that is no longer listed', () => {
    facilities.state.value = { status: 'ready', data: [sample.tailings] as never };
    changeForm({ facilityId: String(sample.tailings.id) });
    expect(renderToString(<EventFormFields />)).toMatch(
      new RegExp(`<option[^>]*selected[^>]*>${sample.tailings.nameEn} · Tailings facility<`),
    );
    changeForm({ facilityId: '977' });
    expect(renderToString(<EventFormFields />)).toContain('>#977<');
    facilities.state.value = { status: 'idle' };
  });
});
