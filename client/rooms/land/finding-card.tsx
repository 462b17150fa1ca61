import type { ListedFinding } from '../../api/shapes/land.ts';
import { formatDate, formatHa, formatMu, formatPosition, sentenceOf } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { findings } from '../../state/mine/land.ts';
import { focus } from '../../state/selection.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { findingTitle } from '../../i18n/findings.ts';
import { SeverityMark } from './severity-mark.tsx';

/** The finding that is lit: what the rules noticed, how large it is, and the event that it is about. */
export function FindingCard({ id }: { readonly id: number }) {
  const finding: ListedFinding | undefined = findings.data.value?.find(one => one.id === id);
  if (finding === undefined) return null;
  const { eventId } = finding;
  return (
    <aside class="card focus-card" aria-label={t('finding.one')}>
      <header class="spread">
        <h2>{findingTitle(finding.code)}</h2>
        <IconButton icon="close" label={t('ui.close')} onClick={() => (focus.value = null)} />
      </header>
      <p>
        <SeverityMark severity={finding.severity} />
      </p>
      <p>{sentenceOf(finding.message)}</p>
      <Facts
        facts={[
          { name: t('nature.area'), value: `${formatHa(finding.areaM2, 4)} · ${formatMu(finding.areaM2, 2)}` },
          { name: t('finding.position'), value: formatPosition(finding.position[0], finding.position[1]) },
          { name: t('finding.since'), value: formatDate(finding.onDate) },
          ...(eventId === null ? [] : [{ name: t('land.event'), value: `#${eventId}` }]),
        ]}
      />
      {eventId !== null && (
        <div>
          <Button small onClick={() => (focus.value = { kind: 'event', id: eventId })}>
            {t('finding.openEvent')}
          </Button>
        </div>
      )}
    </aside>
  );
}
