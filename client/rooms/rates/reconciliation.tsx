import { useState } from 'preact/hooks';
import type { RestorationPeriod } from '../../api/shapes/land.ts';
import { formatPercent, signed } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { yearOf } from '../../state/calendar.ts';
import { series } from '../../state/mine/land.ts';
import { Section } from '../../ui/disclosure.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoadedView } from '../../ui/states.tsx';
import { YearStatement } from './year-statement.tsx';

/** Every year's change of both areas, from opening to closing, so that no hectare appears from nowhere. Newest first. */
export function ReconciliationYears() {
  return (
    <Section title={t('reconciliation.title')}>
      <LoadedView from={series} lines={6} isEmpty={rows => closed(rows).length === 0} empty={t('reconciliation.empty')}>
        {rows => <Years rows={closed(rows)} />}
      </LoadedView>
      <p class="small muted">{t('reconciliation.annual')}</p>
    </Section>
  );
}

/** Years in which there was any disturbed land to account for. */
const closed = (rows: readonly RestorationPeriod[]): readonly RestorationPeriod[] =>
  rows
    .filter(row => row.areasM2.grossDisturbed > 0 || row.reconciliation.gross.closing > 0)
    .toSorted((a, b) => b.asAt.localeCompare(a.asAt));

function Years({ rows }: { readonly rows: readonly RestorationPeriod[] }) {
  const [open, setOpen] = useState<string | null>(rows[0]?.asAt ?? null);
  return (
    <div class="years">
      <p class="year-row year-head small muted" aria-hidden="true">
        <span class="grow">{t('reconciliation.year')}</span>
        <span class="year-rate">RR1</span>
        <span class="year-change">{t('reconciliation.change')}</span>
        <span class="year-chevron" />
      </p>
      <ul>
        {rows.map(row => (
          <li key={row.asAt}>
            <button
              type="button"
              class="year-row"
              aria-expanded={open === row.asAt}
              onClick={() => setOpen(open === row.asAt ? null : row.asAt)}
            >
              <strong class="grow num">{yearOf(row.asAt)}</strong>
              <span class="year-rate num">{formatPercent(row.rates['RR1']?.value)}</span>
              <span class="year-change num muted">
                {row.annual.deltaRR1Pp === null ? '—' : signed(row.annual.deltaRR1Pp)}
              </span>
              <Icon name={open === row.asAt ? 'chevronUp' : 'chevron'} size={14} />
            </button>
            {open === row.asAt && <YearStatement period={row} />}
          </li>
        ))}
      </ul>
    </div>
  );
}
