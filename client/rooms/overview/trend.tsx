import { formatPercent, signed } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { yearOf } from '../../state/calendar.ts';
import { yearlyTotals } from '../../state/mines.ts';
import { asAt, setAsAt } from '../../state/time.ts';
import { Section } from '../../ui/disclosure.tsx';

/** The group's rate at the last year ends, as columns that set the date, with the change to the year before in points. */
export function Trend() {
  const years = (yearlyTotals.data.value ?? []).filter(year => year.total.value !== null);
  if (years.length < 2) return null;
  const highest = Math.max(...years.map(year => year.total.value ?? 0));
  return (
    <Section title={t('overview.trend')} aside={<span class="small muted">{t('overview.trendUnit')}</span>}>
      <ol class="trend">
        {years.map(({ asAt: end, total }, index) => {
          const before = years[index - 1]?.total.value;
          const change =
            before === null || before === undefined || total.value === null ? null : (total.value - before) * 100;
          return (
            <li key={end}>
              <button type="button" class="trend-year" aria-pressed={asAt.value === end} onClick={() => setAsAt(end)}>
                <span class="trend-value num">{formatPercent(total.value)}</span>
                <span class="trend-column" aria-hidden="true">
                  <span style={{ height: `${((total.value ?? 0) / highest) * 100}%` }} />
                </span>
                <span class="trend-name">{yearOf(end)}</span>
                <span class="trend-change num small">{change === null ? ' ' : signed(change)}</span>
              </button>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}
