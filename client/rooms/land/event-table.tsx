import { formatDate, haNumber } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { account, signInOpen } from '../../state/access/session.ts';
import { eventsReadable, landEvents } from '../../state/mine/land.ts';
import { focus } from '../../state/selection.ts';
import { asAt, setAsAt } from '../../state/time.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/tables/data-table.tsx';
import { Section } from '../../ui/disclosure.tsx';
import { StageName } from '../../ui/stage-mark.tsx';
import { Empty, LoadedView } from '../../ui/states.tsx';

/** The ledger itself, newest first: every dated event, retracted ones struck through. */
export function EventTable() {
  return <Section title={t('land.events')}>{account.value === null ? <SignInToRead /> : <Events />}</Section>;
}

function SignInToRead() {
  return (
    <div class="stack-tight">
      <Empty>{t('land.events.signIn')}</Empty>
      <div>
        <Button small icon="sign" onClick={() => (signInOpen.value = true)}>
          {t('account.signIn')}
        </Button>
      </div>
    </div>
  );
}

function Events() {
  if (eventsReadable.value === false) return <Empty>{t('land.noEvents')}</Empty>;
  return (
    <LoadedView from={landEvents} isEmpty={events => events.length === 0} empty={t('land.events.none')}>
      {events => (
        <DataTable
          caption={t('land.events')}
          rows={[...events].sort((a, b) => b.effectiveOn.localeCompare(a.effectiveOn) || b.id - a.id)}
          rowKey={event => event.id}
          isLit={event => focus.value?.kind === 'event' && focus.value.id === event.id}
          columns={[
            {
              key: 'date',
              head: t('land.effectiveOn'),
              isRowHead: true,
              cell: event => (
                <button
                  type="button"
                  class={`link${event.retractedAt === null ? '' : ' is-struck'}`}
                  onClick={() => {
                    if (asAt.value < event.effectiveOn) setAsAt(event.effectiveOn);
                    focus.value = { kind: 'event', id: event.id };
                  }}
                >
                  {formatDate(event.effectiveOn)}
                </button>
              ),
            },
            { key: 'stage', head: t('land.stage'), cell: event => <StageName stage={event.stage} /> },
            { key: 'area', head: t('unit.haName'), numeric: true, cell: event => haNumber(event.areaM2) },
            { key: 'grade', head: t('land.evidence'), cell: event => <span class="tag">{event.evidenceGrade}</span> },
          ]}
        />
      )}
    </LoadedView>
  );
}
