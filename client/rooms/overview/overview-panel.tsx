import { BASES, GROUPINGS } from '../../api/shapes/codes.ts';
import { formatDate, formatHa, formatMu, formatPercent, percentNumber } from '../../i18n/format.ts';
import { t, tn } from '../../i18n/t.ts';
import { openExport } from '../exchange/export/exporting.ts';
import { groupTotal, mines, ratesByMine } from '../../state/mines.ts';
import { basis, groupBy, rateCode } from '../../state/selection.ts';
import { settledAsAt } from '../../state/time.ts';
import { IconButton } from '../../ui/button.tsx';
import { Segmented } from '../../ui/choices.tsx';
import { Section } from '../../ui/disclosure.tsx';
import { LoadedView } from '../../ui/states.tsx';
import { RateTable } from './rate-table.tsx';
import { Trend } from './trend.tsx';

/** All mines together: the group's rate as sum over sum, its last years, and who contributes what. */
export function OverviewPanel() {
  return (
    <div class="panel-body">
      <header class="stack-tight">
        <div class="row">
          <h1 class="grow">{t('overview.title')}</h1>
          <IconButton icon="download" label={t('export.open')} onClick={openExport} />
        </div>
        <p class="muted">
          {mines.data.value === undefined ? t('ui.loading') : tn('overview.mines', mines.data.value.length)}
        </p>
      </header>
      <LoadedView from={ratesByMine} lines={4} isEmpty={rows => rows.length === 0} empty={t('overview.empty')}>
        {() => <Hero />}
      </LoadedView>
      <Trend />
      <Section title={t('overview.table')}>
        <Segmented
          small
          label={t('overview.groupBy')}
          value={groupBy.value}
          choices={GROUPINGS.map(value => ({ value, label: t(`group.${value}`) }))}
          onChange={value => (groupBy.value = value)}
        />
        <RateTable />
      </Section>
    </div>
  );
}

function Hero() {
  const total = groupTotal.value;
  return (
    <div class="hero">
      <p class="hero-name">
        <span class="tag">{rateCode.value}</span> {t(`rate.${rateCode.value}`)}
      </p>
      <p class="hero-number" aria-live="polite">
        <span>{percentNumber(total.value)}</span>
        {total.value !== null && <span class="hero-unit">%</span>}
      </p>
      <p class="hero-context muted small">{t('rate.asAt', { date: formatDate(settledAsAt.value) })}</p>
      <div class="meter" aria-hidden="true">
        <span style={{ width: formatPercent(Math.min(1, total.value ?? 0), 2) }} />
      </div>
      <p class="spread small">
        <span>
          {t('overview.reclaimed')} <strong class="num">{formatHa(total.numeratorM2)}</strong>
        </span>
        <span>
          {t('overview.of')} <strong class="num">{formatHa(total.denominatorM2)}</strong>
        </span>
      </p>
      <p class="small muted">
        <span class="num">
          {formatMu(total.numeratorM2)} / {formatMu(total.denominatorM2)}
        </span>{' '}
        · {t('overview.sumOverSum')}
      </p>
      <Segmented
        label={t('rate.basis')}
        value={basis.value}
        choices={BASES.map(value => ({ value, label: t(`basis.${value}`), hint: t(`basis.${value}.hint`) }))}
        onChange={value => (basis.value = value)}
      />
    </div>
  );
}
