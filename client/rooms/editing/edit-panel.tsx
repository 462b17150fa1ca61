import { useLayoutEffect, useState } from 'preact/hooks';
import { t } from '../../i18n/t.ts';
import { preview, previewProblem } from '../../state/editing/saving.ts';
import { session, subject } from '../../state/editing/store.ts';
import { isNarrow, sheet } from '../../state/view.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Disclosure, Section } from '../../ui/disclosure.tsx';
import { ProblemNote } from '../../ui/states.tsx';
import { LiveSection } from '../imagery/live/live-section.tsx';
import { CoordinateTable } from './coordinate-table.tsx';
import { EventFormFields } from './event-form.tsx';
import { IssueList } from './issue-list.tsx';
import { MeasureCard } from './measure-card.tsx';
import { PasteBox } from './paste-box.tsx';
import { PreviewCard } from './preview-card.tsx';
import { SaveBar } from './save-bar.tsx';
import { followKeys } from './tools/edit-keys.ts';
import { KeysHelp } from './tools/keys-help.tsx';
import { PieceTray } from './tools/piece-tray.tsx';
import { ToolOptions } from './tools/tool-options.tsx';
import { Toolbar } from './tools/toolbar.tsx';

/** Everything that a land event needs, in the order of the work: draw, check, describe, save. */
export function EditPanel() {
  const what = subject.value;
  const [help, setHelp] = useState(false);
  // Before the panel is painted: a key may be pressed as soon as it is seen.
  useLayoutEffect(() => followKeys(() => setHelp(true)), []);
  // On a phone the map comes first: tools and measure below it within a thumb's reach, the form when it is asked for.
  useLayoutEffect(() => {
    if (!isNarrow.peek()) return undefined;
    sheet.value = 'peek';
    return () => {
      sheet.value = 'half';
    };
  }, []);
  if (what === null) return null;
  const empty = session.value.rings.length === 0;
  return (
    <div class="panel-body edit-panel">
      <header class="row">
        <div class="grow stack-tight">
          <h1>{what.replaces === null ? t('edit.title.new') : t('edit.title.correct', { id: what.replaces.id })}</h1>
          <p class="muted">{what.replaces === null ? t('edit.about.new') : t('edit.about.correct')}</p>
        </div>
        <IconButton icon="keyboard" label={t('edit.keys')} onClick={() => setHelp(true)} />
      </header>
      {help && <KeysHelp onClose={() => setHelp(false)} />}

      <Toolbar />
      <ToolOptions />
      <MeasureCard />
      <div class="edit-next">
        <Button kind="primary" onClick={() => (sheet.value = 'full')}>
          {t('edit.next')}
        </Button>
      </div>
      <IssueList />
      <PieceTray />
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
