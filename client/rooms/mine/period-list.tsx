import { useState } from 'preact/hooks';
import { publishPeriod } from '../../api/land.ts';
import { toProblem, type ApiProblem } from '../../api/problem.ts';
import { formatDate, formatInstant } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { whyNot } from '../../state/access/permissions.ts';
import { account, bumpData } from '../../state/access/session.ts';
import { publishedPeriods } from '../../state/mine/land.ts';
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
      <PublishCommand />
    </Section>
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
