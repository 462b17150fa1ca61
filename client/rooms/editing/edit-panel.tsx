import { formatHa, formatLength, formatMu } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { preview, previewProblem } from '../../state/editing/saving.ts';
import {
  canRedo,
  canUndo,
  dispatch,
  measured,
  session,
  subject,
  tool,
  type EditTool,
} from '../../state/editing/store.ts';
import { IconButton } from '../../ui/button.tsx';
import { Segmented } from '../../ui/choices.tsx';
import { Disclosure, Section } from '../../ui/disclosure.tsx';
import { ProblemNote } from '../../ui/states.tsx';
import { LiveSection } from '../imagery/live/live-section.tsx';
import { CoordinateTable } from './coordinate-table.tsx';
import { EventFormFields } from './event-form.tsx';
import { IssueList } from './issue-list.tsx';
import { PasteBox } from './paste-box.tsx';
import { PreviewCard } from './preview-card.tsx';
import { SaveBar } from './save-bar.tsx';

const TOOLS: readonly EditTool[] = ['draw', 'hole', 'select'];

/** Everything that a land event needs, in the order of the work: draw, check, describe, save. */
export function EditPanel() {
  const what = subject.value;
  if (what === null) return null;
  const { areaM2, perimeterM } = measured.value;
  const empty = session.value.rings.length === 0;
  return (
    <div class="panel-body edit-panel">
      <header class="stack-tight">
        <h1>{what.replaces === null ? t('edit.title.new') : t('edit.title.correct', { id: what.replaces.id })}</h1>
        <p class="muted">{what.replaces === null ? t('edit.about.new') : t('edit.about.correct')}</p>
      </header>

      <div class="edit-tools" role="toolbar" aria-label={t('edit.tools')}>
        <Segmented
          label={t('edit.tools')}
          value={tool.value}
          choices={TOOLS.map(value => ({ value, label: t(`edit.tool.${value}`), hint: t(`edit.tool.${value}.hint`) }))}
          onChange={value => (tool.value = value)}
        />
        <span class="grow" />
        <IconButton
          icon="undo"
          label={canUndo.value ? t('edit.undo', { what: t(`edit.step.${canUndo.value}`) }) : t('edit.undo.none')}
          why={canUndo.value ? null : t('edit.undo.none')}
          onClick={() => dispatch({ type: 'undo' })}
        />
        <IconButton
          icon="redo"
          label={canRedo.value ? t('edit.redo', { what: t(`edit.step.${canRedo.value}`) }) : t('edit.redo.none')}
          why={canRedo.value ? null : t('edit.redo.none')}
          onClick={() => dispatch({ type: 'redo' })}
        />
      </div>
      <p class="small muted">{t(`edit.tool.${tool.value}.hint`)}</p>

      <div class="measure" aria-live="polite">
        <span class="measure-area num">{formatHa(areaM2, 4)}</span>
        <span class="muted num">{formatMu(areaM2, 2)}</span>
        <span class="muted num">{t('edit.perimeter', { length: formatLength(perimeterM) })}</span>
      </div>
      <IssueList />
      <LiveSection />

      <Disclosure summary={t('edit.coordinates')}>
        <CoordinateTable />
        <PasteBox />
      </Disclosure>

      <Section title={t('edit.form')}>
        <EventFormFields />
      </Section>

      {!empty && preview.value && <PreviewCard preview={preview.value} />}
      {previewProblem.value && <ProblemNote problem={previewProblem.value} />}
      <SaveBar />
    </div>
  );
}
