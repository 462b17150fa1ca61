import type { RestorationPeriod } from '../../api/shapes/land.ts';
import { formatNumber, formatPercent, haNumber, signed } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { yearOf } from '../../state/calendar.ts';
import { series } from '../../state/mine/land.ts';
import { DataTable, type Column } from '../../ui/tables/data-table.tsx';
import { Section } from '../../ui/disclosure.tsx';
import { LoadedView } from '../../ui/states.tsx';

const year: Column<RestorationPeriod> = { key: 'year', head: '', isRowHead: true, cell: row => yearOf(row.asAt) };
const ha = (key: string, head: string, pick: (row: RestorationPeriod) => number): Column<RestorationPeriod> => ({
  key,
  head,
  numeric: true,
  cell: row => haNumber(pick(row)),
});

/** Opening, what came, what went, corrections, closing: every year's change of both areas, so that no hectare appears from nowhere. */
export function ReconciliationTables() {
  return (
    <LoadedView from={series} lines={6} isEmpty={rows => rows.length === 0} empty={t('reconciliation.empty')}>
      {rows => {
        const known = rows.filter(row => row.areasM2.grossDisturbed > 0 || row.reconciliation.gross.closing > 0);
        return (
          <div class="stack">
            <Section title={t('reconciliation.rates')}>
              <DataTable
                caption={t('reconciliation.rates')}
                rows={known}
                rowKey={row => row.asAt}
                columns={[
                  { ...year, head: t('reconciliation.year') },
                  { key: 'rr1', head: 'RR1', numeric: true, cell: row => formatPercent(row.rates['RR1']?.value) },
                  {
                    key: 'pp',
                    head: t('reconciliation.change'),
                    numeric: true,
                    cell: row => (row.annual.deltaRR1Pp === null ? '—' : signed(row.annual.deltaRR1Pp)),
                  },
                  { key: 'ar1', head: 'AR1', numeric: true, cell: row => formatNumber(row.annual.AR1.value, 2) },
                  { key: 'ar2', head: 'AR2', numeric: true, cell: row => formatPercent(row.annual.AR2.value) },
                ]}
              />
              <p class="small muted">{t('reconciliation.annual')}</p>
            </Section>
            <Section title={t('reconciliation.gross')} aside={<span class="small muted">{t('unit.inHa')}</span>}>
              <DataTable
                caption={t('reconciliation.gross')}
                rows={known}
                rowKey={row => row.asAt}
                columns={[
                  { ...year, head: t('reconciliation.year') },
                  ha('opening', t('reconciliation.opening'), row => row.reconciliation.gross.opening),
                  ha('new', t('reconciliation.newlyDisturbed'), row => row.reconciliation.gross.newlyDisturbed),
                  ha('corrections', t('reconciliation.corrections'), row => row.reconciliation.gross.corrections),
                  ha('closing', t('reconciliation.closing'), row => row.reconciliation.gross.closing),
                ]}
              />
            </Section>
            <Section title={t('reconciliation.reclaimed')} aside={<span class="small muted">{t('unit.inHa')}</span>}>
              <DataTable
                caption={t('reconciliation.reclaimed')}
                rows={known}
                rowKey={row => row.asAt}
                columns={[
                  { ...year, head: t('reconciliation.year') },
                  ha('opening', t('reconciliation.opening'), row => row.reconciliation.reclaimed.opening),
                  ha('new', t('reconciliation.newlyReclaimed'), row => row.reconciliation.reclaimed.newlyReclaimed),
                  ha('redisturbed', t('reconciliation.reDisturbed'), row => row.reconciliation.reclaimed.reDisturbed),
                  ha('failed', t('reconciliation.failed'), row => row.reconciliation.reclaimed.failed),
                  ha('corrections', t('reconciliation.corrections'), row => row.reconciliation.reclaimed.corrections),
                  ha('closing', t('reconciliation.closing'), row => row.reconciliation.reclaimed.closing),
                ]}
              />
            </Section>
          </div>
        );
      }}
    </LoadedView>
  );
}
