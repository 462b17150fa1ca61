import { formatDate } from '../../../i18n/format.ts';
import { t, tn } from '../../../i18n/t.ts';
import {
  choices,
  chooseFormat,
  chooseWhat,
  closeExport,
  exportCrs,
  exportEncoding,
  exportFormat,
  exporting,
  exportOpen,
  exportPaper,
  exportScope,
  exportWhat,
  formats,
  runExport,
} from './exporting.ts';
import { WHATS } from './export-choices.ts';
import { mineId } from '../../../state/selection.ts';
import { asAt } from '../../../state/time.ts';
import { Button } from '../../../ui/button.tsx';
import { Segmented } from '../../../ui/choices.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { SelectField } from '../../../ui/field.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { ProblemNote } from '../../../ui/states.tsx';

/** What is on the map, on its date, as a file: the same that the reader may see on the screen. */
export function ExportDialog() {
  if (!exportOpen.value) return null;
  return (
    <Dialog title={t('export.title')} onClose={closeExport}>
      <form
        class="stack"
        onSubmit={event => {
          event.preventDefault();
          void runExport();
        }}
      >
        <p class="muted small">{t('export.about', { date: formatDate(asAt.value) })}</p>
        {mineId.value !== null && (
          <Segmented
            label={t('export.scope')}
            value={exportScope.value}
            choices={(['mine', 'all'] as const).map(value => ({ value, label: t(`export.scope.${value}`) }))}
            onChange={value => (exportScope.value = value)}
          />
        )}
        <SelectField
          label={t('export.what')}
          value={exportWhat.value}
          options={WHATS.map(value => ({ value, label: t(`export.what.${value}`) }))}
          onChange={chooseWhat}
        />
        <SelectField
          label={t('export.format')}
          hint={t(`export.hint.${exportFormat.value}`)}
          value={exportFormat.value}
          options={formats.value.map(value => ({ value, label: t(`export.format.${value}`) }))}
          onChange={chooseFormat}
        />
        <FormatOptions />
        <Outcome />
        <div class="row dialog-foot">
          <Button onClick={closeExport}>{t('ui.close')}</Button>
          <Button kind="primary" icon="download" submit busy={exporting.value.step === 'working'}>
            {t('export.run')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

function FormatOptions() {
  const { crs, encodings } = choices.value;
  return (
    <>
      {crs.length > 1 && (
        <SelectField
          label={t('export.crs')}
          value={exportCrs.value}
          options={crs.map(value => ({ value, label: t(`export.crs.${value}`) }))}
          onChange={value => (exportCrs.value = value)}
        />
      )}
      {encodings.length > 1 && (
        <SelectField
          label={t('export.encoding')}
          value={exportEncoding.value}
          options={encodings.map(value => ({ value, label: t(`export.encoding.${value}`) }))}
          onChange={value => (exportEncoding.value = value)}
        />
      )}
      {exportFormat.value === 'pdf' && (
        <Segmented
          label={t('export.paper')}
          value={exportPaper.value}
          choices={(['a3', 'a4'] as const).map(value => ({ value, label: value.toUpperCase() }))}
          onChange={value => (exportPaper.value = value)}
        />
      )}
    </>
  );
}

function Outcome() {
  const now = exporting.value;
  return (
    <div aria-live="polite">
      {now.step === 'working' && <p class="muted">{t('export.working')}</p>}
      {now.step === 'failed' && <ProblemNote problem={now.problem} />}
      {now.step === 'done' && (
        <p class={`note ${now.records === 0 ? 'note-warn' : 'note-good'}`}>
          <Icon name={now.records === 0 ? 'warn' : 'check'} />
          <span>
            <code>{now.name}</code> {now.records === 0 ? t('export.done.none') : tn('export.done', now.records)}
            {now.leftOut > 0 && ` ${tn('export.leftOut', now.leftOut)}`}
          </span>
        </p>
      )}
    </div>
  );
}
