import { useState } from 'preact/hooks';
import { publishPeriod } from '../../api/land.ts';
import { toProblem, type ApiProblem } from '../../api/problem.ts';
import { formatDate, formatInstant, formatPercent } from '../../i18n/format.ts';
import { t, tn } from '../../i18n/t.ts';
import { whyNot } from '../../state/access/permissions.ts';
import { account, bumpData } from '../../state/access/session.ts';
import { publishedPeriods, restatements } from '../../state/mine/land.ts';
import { mine } from '../../state/mine/places.ts';
import { organisations } from '../../state/mines.ts';
import { notify } from '../../state/notices.ts';
import { asAt, setAsAt } from '../../state/time.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/tables/data-table.tsx';
import { Section } from '../../ui/disclosure.tsx';
import { LoadedView, ProblemNote } from '../../ui/states.tsx';

/** Periods that were published: what the public sees, each with the fingerprint of its ledger. */
export function PeriodList() {
  return (
    <Section title={t('period.title')}>
      <LoadedView from={publishedPeriods} isEmpty={list => list.length === 0} empty={t('period.empty')}>
        {list => (
          <DataTable
            caption={t('period.title')}
            rows={[...list].sort((a, b) => b.asAt.localeCompare(a.asAt))}
            rowKey={period => period.id}
            columns={[
              {
                key: 'asAt',
                head: t('rate.date'),
                isRowHead: true,
                cell: period => (
                  <button type="button" class="link" onClick={() => setAsAt(period.asAt)}>
                    {formatDate(period.asAt)}
                  </button>
                ),
              },
              { key: 'known', head: t('rate.knownAt'), cell: period => formatInstant(period.knownAt) },
              { key: 'hash', head: t('rate.hash'), cell: period => <code>{period.ledgerHash.slice(0, 15)}…</code> },
            ]}
          />
        )}
      </LoadedView>
      <RestatementNotes />
      <PublishCommand />
    </Section>
  );
}

/** A published figure stays; where the ledger has learnt better since, both stand here. */
function RestatementNotes() {
  const restated = restatements.data.value ?? [];
  if (restated.length === 0) return null;
  return (
    <ul class="stack-tight" aria-label={t('period.restated')}>
      {restated.map(({ periodId, asAt: day, published, present, events }) => (
        <li key={periodId} class="card card-tight small">
          <strong>{t('period.restated.since', { date: formatDate(day) })}</strong>
          <p class="num">
            {t('period.restated.change', { before: formatPercent(published.RR1), after: formatPercent(present.RR1) })}
          </p>
          <p class="muted">{tn('period.restated.events', events.length)}</p>
        </li>
      ))}
    </ul>
  );
}

function PublishCommand() {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const open = mine.data.value;
  const reason = whyNot('period.publish', account.value, open?.organisationCode, organisations.data.value);
  const publish = async (mineId: number): Promise<void> => {
    setBusy(true);
    setProblem(null);
    try {
      await publishPeriod(mineId, asAt.value);
      bumpData();
      notify(t('period.done', { date: formatDate(asAt.value) }), 'good');
    } catch (error) {
      setProblem(toProblem(error));
    }
    setBusy(false);
  };
  return (
    <div class="stack-tight">
      {problem && <ProblemNote problem={problem} />}
      <div>
        <Button
          small
          busy={busy}
          why={reason === null ? null : t(reason)}
          onClick={() => open && void publish(open.id)}
        >
          {t('period.publish', { date: formatDate(asAt.value) })}
        </Button>
      </div>
    </div>
  );
}
