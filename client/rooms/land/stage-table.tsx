import { STAGES, type Stage } from '../../api/shapes/codes.ts';
import { formatPercent, haNumber, muNumber } from '../../i18n/format.ts';
import { t, tn } from '../../i18n/t.ts';
import { cellsByStage, partition, restoration } from '../../state/mine/land.ts';
import { openStage, toggleStage } from '../../state/selection.ts';
import { Section } from '../../ui/disclosure.tsx';
import { Icon } from '../../ui/icon.tsx';
import { StageBar, StageSwatch } from '../../ui/stage-mark.tsx';
import { LoadedView } from '../../ui/states.tsx';
import { CellList } from './cell-list.tsx';

/** Areas of the partition at the chosen date. Each line opens to the very polygons that it adds up. */
export function StageTable() {
  return (
    <Section title={t('land.byStage')}>
      <LoadedView from={partition} lines={5} isEmpty={data => data.features.length === 0} empty={t('land.empty')}>
        {() => <Rows />}
      </LoadedView>
    </Section>
  );
}

function Rows() {
  const groups = cellsByStage.value;
  const official = restoration.data.value?.stagesM2;
  const rows = STAGES.filter(stage => groups.has(stage)).map(stage => ({
    stage,
    // The server's sum where it is given; the cells of the same answer add up to it.
    areaM2: official?.[stage] ?? (groups.get(stage) ?? []).reduce((sum, cell) => sum + cell.properties.areaM2, 0),
  }));
  const disturbed = rows.filter(row => row.stage !== 'UND');
  const grossM2 = disturbed.reduce((sum, row) => sum + row.areaM2, 0);
  const inWords = disturbed
    .map(row => `${t(`stage.${row.stage}`)} ${formatPercent(row.areaM2 / grossM2, 0)}`)
    .join(t('ui.comma'));
  return (
    <div class="stack">
      <StageBar areas={disturbed} label={inWords} />
      <div>
        <div class="stage-head small muted" aria-hidden="true">
          <span class="grow">{t('land.stage')}</span>
          <span class="stage-ha">{t('unit.haName')}</span>
          <span class="stage-mu">{t('unit.muName')}</span>
          <span class="stage-share">{t('land.share')}</span>
        </div>
        <ul class="stage-rows">
          {rows.map(row => (
            <StageRow key={row.stage} stage={row.stage} areaM2={row.areaM2} grossM2={grossM2} />
          ))}
        </ul>
        <div class="stage-sum">
          <span class="grow">{t('land.gross')}</span>
          <span class="stage-ha num">{haNumber(grossM2)}</span>
          <span class="stage-mu num">{muNumber(grossM2)}</span>
          <span class="stage-share num">100%</span>
        </div>
      </div>
    </div>
  );
}

function StageRow({
  stage,
  areaM2,
  grossM2,
}: {
  readonly stage: Stage;
  readonly areaM2: number;
  readonly grossM2: number;
}) {
  const open = openStage.value === stage;
  const cells = cellsByStage.value.get(stage) ?? [];
  return (
    <li>
      <button type="button" class="stage-row" aria-expanded={open} onClick={() => toggleStage(stage)}>
        <StageSwatch stage={stage} />
        <span class="grow">
          {t(`stage.${stage}`)}
          <span class="visually-hidden">{tn('land.polygons', cells.length)}</span>
        </span>
        <span class="stage-ha num">{haNumber(areaM2)}</span>
        <span class="stage-mu num">{muNumber(areaM2)}</span>
        <span class="stage-share num">{stage === 'UND' ? '' : shareText(areaM2 / grossM2)}</span>
        <Icon name={open ? 'chevronUp' : 'chevron'} size={14} />
      </button>
      {open && <CellList cells={cells} />}
    </li>
  );
}

/** A share in per cent; what is there but below the last decimal is not nought. */
const shareText = (share: number): string => (share > 0 && share < 0.0005 ? '<0.1%' : formatPercent(share, 1));
