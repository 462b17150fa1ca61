import { useEffect, useRef } from 'preact/hooks';
import type { ImportAnswer } from '../../../api/imports.ts';
import { formatHa, formatMu, formatPercent } from '../../../i18n/format.ts';
import { locale } from '../../../i18n/locale.ts';
import { t, tn } from '../../../i18n/t.ts';
import {
  cancelWriting,
  chooseFile,
  giveUpExamining,
  importAnswer,
  importBlocked,
  importCount,
  importFile,
  importMine,
  importProblem,
  importStep,
  importStopping,
  stopImport,
  writeRows,
} from '../../../state/mine/importing.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Section } from '../../../ui/disclosure.tsx';
import { Facts } from '../../../ui/facts.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { Elapsed, ProblemNote } from '../../../ui/states.tsx';
import { FindingList } from './finding-list.tsx';
import { LayerTable } from './layer-table.tsx';
import { MappingForm } from './mapping-form.tsx';
import { RestatingNote } from './restating-note.tsx';
import { RowChoices } from './row-choices.tsx';
import { RowTable } from './row-table.tsx';

/** A survey file beside the map: what is in it, what is wrong with it, what becomes of it. Nothing is stored before the last button. */
export function ImportPanel() {
  if (importMine.value === null) return null;
  const now = importStep.value;
  const answer = importAnswer.value;
  return (
    <div class="panel-body import-panel">
      <header class="row">
        <IconButton icon="back" label={t('import.back')} onClick={stopImport} />
        <div class="grow stack-tight">
          <h1>{t('import.title')}</h1>
          <p class="muted small">{t('import.about')}</p>
        </div>
      </header>
      {now.step !== 'writing' && now.step !== 'written' && <FileDrop />}
      <div aria-live="polite">
        {now.step === 'examining' && <Examining />}
        {now.step === 'writing' && <Writing progress={now.progress} canCancel={now.jobId !== null} />}
        {now.step === 'written' && <Written count={now.count} />}
      </div>
      {importProblem.value && <ProblemNote problem={importProblem.value} />}
      {now.step === 'checked' && answer !== null && (
        <>
          <Summary />
          <FindingList findings={answer.findings} />
          <LayerTable answer={answer} />
          {answer.readyCount > 0 && <RowChoices answer={answer} />}
          {answer.readyCount > 0 && (
            <>
              <Section title={t('import.mapping')}>
                <MappingForm answer={answer} />
              </Section>
              <RowTable answer={answer} />
              <RestatingNote />
              <WriteBar count={importCount.value} />
            </>
          )}
        </>
      )}
    </div>
  );
}

/** Large files take a while: it is seen that something is going on, for how long, and how to end it. */
function Examining() {
  return (
    <div class="row spread">
      <span class="row muted">
        <span class="spinner" aria-hidden="true" /> {t('import.examining')} <Elapsed />
      </span>
      <Button small onClick={giveUpExamining}>
        {t('ui.cancel')}
      </Button>
    </div>
  );
}

function FileDrop() {
  const file = importFile.value;
  const zone = useRef<HTMLLabelElement>(null);
  useEffect(() => {
    const element = zone.current;
    const allow = (event: DragEvent): void => event.preventDefault();
    const drop = (event: DragEvent): void => {
      event.preventDefault();
      take(event.dataTransfer?.files);
    };
    element?.addEventListener('dragover', allow);
    element?.addEventListener('drop', drop);
    return () => {
      element?.removeEventListener('dragover', allow);
      element?.removeEventListener('drop', drop);
    };
  }, []);
  return (
    <label ref={zone} class="drop">
      <Icon name="upload" />
      <span class="stack-tight">
        <span>{file === null ? t('import.choose') : file.name}</span>
        <span class="small muted">{t('import.formats')}</span>
      </span>
      <input
        type="file"
        class="visually-hidden"
        accept=".txt,.zip,.gpkg,.geojson,.json,.kml,.kmz,.dxf,.csv,.xlsx,.gpx,.shp"
        onChange={event => take(event.currentTarget.files)}
      />
    </label>
  );
}

function take(files: FileList | null | undefined): void {
  const [first] = files ?? [];
  if (first !== undefined) void chooseFile(first);
}

function Summary() {
  const answer = importAnswer.value;
  if (answer === null) return null;
  const { format, encoding, crs, readyCount, rowCount, areaM2 } = answer;
  const reading = readingOf(answer);
  return (
    <div class="stack-tight">
      <Facts
        facts={[
          ...(format === null ? [] : [{ name: t('import.format'), value: t(`import.format.${format}`) }]),
          ...(encoding === null ? [] : [{ name: t('import.encoding'), value: encoding }]),
          { name: t('import.crs'), value: systemOf(crs) },
          ...(reading === undefined ? [] : [{ name: t('import.columns'), value: reading }]),
          ...(crs.declared === null ? [] : [{ name: t('import.crs.declared'), value: crs.declared }]),
          { name: t('import.rows'), value: t('import.rows.of', { ready: readyCount, total: rowCount }) },
          ...(readyCount === 0
            ? []
            : [{ name: t('import.area'), value: `${formatHa(areaM2, 4)} · ${formatMu(areaM2, 2)}` }]),
        ]}
      />
      <a class="link small" href={`/api/v1/imports/${answer.id}/verdict.pdf`} download>
        {t('import.verdict')}
      </a>
    </div>
  );
}

function systemOf({ used, detected, name }: ImportAnswer['crs']): string {
  if (used === null || name === undefined) return used ?? detected ?? t('import.crs.unknown');
  return `${locale.value === 'en' ? name.en : name.zh} · ${used}`;
}

/** Which of two columns without a name of their own is what, and in which notation. */
function readingOf({ format, order, notation }: ImportAnswer): string | undefined {
  const isTable = format === 'boundary-points' || format === 'csv' || format === 'xlsx';
  if (!isTable || !isOrder(order) || !isNotation(notation)) return undefined;
  return [t(`import.order.${order}`), t(`import.notation.${notation}`)].join(t('ui.comma'));
}

const ORDERS = ['northing-easting', 'easting-northing', 'lng-lat', 'lat-lng'] as const;
const NOTATIONS = ['metres', 'degrees', 'packed-dms', 'run-dms'] as const;
const isOrder = (text: string | null): text is (typeof ORDERS)[number] => ORDERS.some(order => order === text);
const isNotation = (text: string | null): text is (typeof NOTATIONS)[number] =>
  NOTATIONS.some(notation => notation === text);

function WriteBar({ count }: { readonly count: number }) {
  const why = importBlocked.value;
  return (
    <div class="row dialog-foot">
      <Button onClick={stopImport}>{t('ui.cancel')}</Button>
      <Button
        kind="primary"
        icon="check"
        why={why === null ? null : t(`import.why.${why}`)}
        onClick={() => void writeRows()}
      >
        {tn('import.write', count)}
      </Button>
    </div>
  );
}

function Writing({ progress, canCancel }: { readonly progress: number; readonly canCancel: boolean }) {
  return (
    <div class="stack">
      <p>{t('import.writing', { share: formatPercent(progress, 0) })}</p>
      <progress class="progress" max={1} value={progress} aria-label={t('import.title')} />
      {canCancel && (
        <div>
          <Button busy={importStopping.value} onClick={() => void cancelWriting()}>
            {t('import.stop')}
          </Button>
        </div>
      )}
    </div>
  );
}

function Written({ count }: { readonly count: number }) {
  return (
    <div class="stack">
      <p class="note note-good">
        <Icon name="check" /> {tn('import.written', count)}
      </p>
      <div class="row dialog-foot">
        <Button kind="primary" onClick={stopImport}>
          {t('ui.close')}
        </Button>
      </div>
    </div>
  );
}
