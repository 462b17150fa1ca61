import { whyNot } from '../../state/access/permissions.ts';
import { account } from '../../state/access/session.ts';
import { openExport } from '../exchange/export/exporting.ts';
import { waitingDraft } from '../../state/editing/draft/drafting.ts';
import { lastSaved } from '../../state/editing/saving.ts';
import { startEditing } from '../../state/editing/store.ts';
import { startImport } from '../../state/mine/importing.ts';
import { restoration } from '../../state/mine/land.ts';
import { mine } from '../../state/mine/places.ts';
import { organisations, selectedSummary } from '../../state/mines.ts';
import { isNarrow } from '../../state/view.ts';
import { MINE_TABS, mineId, selectMine, tab, type MineTab } from '../../state/selection.ts';
import { formatDate, formatHa, formatMu } from '../../i18n/format.ts';
import { locale, nameOf } from '../../i18n/locale.ts';
import { t, tCode } from '../../i18n/t.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Tabs } from '../../ui/choices.tsx';
import { Disclosure, Section } from '../../ui/disclosure.tsx';
import { Facts } from '../../ui/facts.tsx';
import { LoadedView, ProblemNote, Skeleton } from '../../ui/states.tsx';
import { DraftCard } from '../editing/draft-card.tsx';
import { FacilityList } from '../facilities/facility-list.tsx';
import { VegetationPanel } from '../imagery/vegetation-panel.tsx';
import { Concerns } from '../land/concerns.tsx';
import { EventTable } from '../land/event-table.tsx';
import { FindingTable } from '../land/finding-table.tsx';
import { FocusCard } from '../land/focus-card.tsx';
import { StageTable } from '../land/stage-table.tsx';
import { NaturePanel } from '../biodiversity/nature-panel.tsx';
import { EvidenceBar } from '../rates/evidence-bar.tsx';
import { RateHero } from '../rates/rate-hero.tsx';
import { ReconciliationYears } from '../rates/reconciliation.tsx';
import { PeriodList } from './period-list.tsx';
import { SavedNote } from './saved-note.tsx';

const PANEL_ID = 'mine-tab-panel';

/** One mine: who it is, its rate, and behind tabs everything that the rate rests on. */
export function MinePanel() {
  const asked = mine.state.value;
  // A link to a mine that is not there: nothing else is asked about it.
  if (asked.status === 'error' && asked.problem.code === 'not-found') {
    return (
      <div class="panel-body">
        <ProblemNote problem={asked.problem} />
        <div>
          <Button kind="primary" icon="back" onClick={() => selectMine(null)}>
            {t('mine.back')}
          </Button>
        </div>
      </div>
    );
  }
  return (
    <div class="panel-body">
      <Head />
      {lastSaved.value && <SavedNote saved={lastSaved.value} />}
      <DraftCard />
      {isNarrow.value && <FocusCard />}
      <LoadedView from={restoration} lines={5}>
        {data => <RateHero restoration={data} />}
      </LoadedView>
      <Tabs<MineTab>
        label={t('mine.tabs')}
        controls={PANEL_ID}
        value={tab.value}
        choices={MINE_TABS.map(value => ({ value, label: t(`tab.${value}`) }))}
        onChange={value => (tab.value = value)}
      />
      <div
        id={PANEL_ID}
        role="tabpanel"
        class="stack tab-panel"
        aria-labelledby={`${PANEL_ID}-tab-${tab.value}`}
        tabIndex={-1}
      >
        <TabContent />
      </div>
    </div>
  );
}

function TabContent() {
  switch (tab.value) {
    case 'land':
      return (
        <>
          <DrawCommand />
          <StageTable />
          {restoration.data.value && <Concerns restoration={restoration.data.value} />}
          {restoration.data.value && <EvidenceBar restoration={restoration.data.value} />}
        </>
      );
    case 'vegetation':
      return <VegetationPanel />;
    case 'facilities':
      return <FacilityList />;
    case 'nature':
      return <NaturePanel />;
    case 'ledger':
      return (
        <>
          <ReconciliationYears />
          <Section title={t('layer.findings')}>
            <FindingTable />
          </Section>
          <EventTable />
          <PeriodList />
        </>
      );
  }
}

function Head() {
  const summary = selectedSummary.value;
  if (summary === undefined) return <Skeleton lines={2} />;
  const other = locale.value === 'en' ? summary.nameZh : summary.nameEn;
  const organisation = nameOf({ nameZh: summary.organisationNameZh, nameEn: summary.organisationNameEn });
  const open = mine.data.value;
  return (
    <header class="mine-head">
      <div class="row">
        <IconButton icon="back" label={t('mine.back')} onClick={() => selectMine(null)} />
        <div class="grow">
          <h1 class={isLong(nameOf(summary)) ? 'is-long' : undefined}>{nameOf(summary)}</h1>
          {other !== nameOf(summary) && (
            <p class="muted small" lang={locale.value === 'en' ? 'zh-CN' : 'en'}>
              {other}
            </p>
          )}
        </div>
        <IconButton icon="download" label={t('export.open')} onClick={openExport} />
      </div>
      <p class="row row-wrap">
        {[tCode('mineral', summary.mineral), tCode('method', summary.method), tCode('province', summary.province)]
          .filter(text => text !== '')
          .map(text => (
            <span key={text} class="chip chip-plain">
              {text}
            </span>
          ))}
        <span class="chip">{tCode('mineStatus', summary.status)}</span>
      </p>
      <Disclosure summary={t('mine.facts')}>
        <Facts
          facts={[
            { name: t('mine.code'), value: summary.code },
            { name: t('mine.organisation'), value: organisation || summary.organisationCode },
            { name: t('mine.licenceArea'), value: `${formatHa(summary.areaM2)} · ${formatMu(summary.areaM2)}` },
            ...(open?.licenceNo ? [{ name: t('mine.licenceNo'), value: open.licenceNo }] : []),
            ...(open?.startOn ? [{ name: t('mine.startOn'), value: formatDate(open.startOn) }] : []),
            ...(open?.endOn ? [{ name: t('mine.endOn'), value: formatDate(open.endOn) }] : []),
          ]}
        />
      </Disclosure>
    </header>
  );
}

/** Names of this width would push all else off a phone's sheet; a Chinese letter is as wide as two. */
const isLong = (name: string): boolean => name.replace(/\p{Script=Han}/gu, 'xx').length > 60;

/** Drawing for managers; for others the command says why it is not theirs. */
function DrawCommand() {
  const open = mine.data.value;
  const reason = whyNot('land.write', account.value, open?.organisationCode, organisations.data.value);
  const why = reason === null ? (open === undefined ? t('ui.loading') : null) : t(reason);
  return (
    <div class="row row-wrap">
      <Button
        icon="draw"
        why={why ?? (waitingDraft.value && t('draft.first'))}
        onClick={() => mineId.value !== null && startEditing(mineId.value, open?.landRevision)}
      >
        {t('land.draw')}
      </Button>
      <Button icon="upload" why={why} onClick={() => mineId.value !== null && startImport(mineId.value)}>
        {t('import.open')}
      </Button>
    </div>
  );
}
