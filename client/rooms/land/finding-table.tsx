import type { ListedFinding } from '../../api/shapes/land.ts';
import { formatDate, haNumber, muNumber, sentenceOf } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { eventsReadable, findings } from '../../state/mine/land.ts';
import { focus } from '../../state/selection.ts';
import { viewMode } from '../../state/view.ts';
import { DataTable } from '../../ui/tables/data-table.tsx';
import { Empty, LoadedView } from '../../ui/states.tsx';
import { findingTitle } from '../../i18n/findings.ts';
import { SeverityMark } from './severity-mark.tsx';

const GRAVEST: readonly ListedFinding['severity'][] = ['error', 'warning', 'info'];

export interface FindingTableProps {
  /** With the sentence of each finding, where there is room for it. */
  readonly full?: boolean | undefined;
}

/** What the rules noticed about the ledger, the gravest and largest first. A row goes to its place on the map. */
export function FindingTable({ full = false }: FindingTableProps) {
  if (eventsReadable.value !== true) return <Empty>{t('finding.notReadable')}</Empty>;
  return (
    <LoadedView from={findings} isEmpty={list => list.length === 0} empty={t('finding.none')}>
      {list => (
        <DataTable
          caption={t('layer.findings')}
          showCaption={full}
          rows={list.toSorted(
            (a, b) => GRAVEST.indexOf(a.severity) - GRAVEST.indexOf(b.severity) || b.areaM2 - a.areaM2,
          )}
          rowKey={finding => finding.id}
          isLit={finding => focus.value?.kind === 'finding' && focus.value.id === finding.id}
          columns={[
            {
              key: 'what',
              head: t('finding.one'),
              isRowHead: true,
              cell: finding => (
                <button
                  type="button"
                  class="link"
                  onClick={() => {
                    focus.value = { kind: 'finding', id: finding.id };
                    viewMode.value = 'map';
                  }}
                >
                  {findingTitle(finding.code)}
                </button>
              ),
            },
            {
              key: 'severity',
              head: t('finding.severity'),
              cell: finding => <SeverityMark severity={finding.severity} />,
            },
            { key: 'since', head: t('finding.since'), cell: finding => formatDate(finding.onDate) },
            { key: 'ha', head: t('unit.haName'), numeric: true, cell: finding => haNumber(finding.areaM2) },
            ...(full
              ? [
                  {
                    key: 'mu',
                    head: t('unit.muName'),
                    numeric: true,
                    cell: (finding: ListedFinding) => muNumber(finding.areaM2),
                  },
                  {
                    key: 'event',
                    head: t('land.event'),
                    cell: (finding: ListedFinding) => (finding.eventId === null ? '—' : `#${finding.eventId}`),
                  },
                  {
                    key: 'message',
                    head: t('finding.message'),
                    wraps: true,
                    cell: (finding: ListedFinding) => sentenceOf(finding.message),
                  },
                ]
              : []),
          ]}
        />
      )}
    </LoadedView>
  );
}
