import { useState } from 'preact/hooks';
import { SEVERITIES } from '../../api/shapes/codes.ts';
import type { LandEvent } from '../../api/shapes/land.ts';
import { formatDate, formatHa, formatInstant, formatMu } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { whyNot } from '../../state/access/permissions.ts';
import { account } from '../../state/access/session.ts';
import { startEditing } from '../../state/editing/store.ts';
import { landEvents, partition } from '../../state/mine/land.ts';
import { mine } from '../../state/mine/places.ts';
import { organisations } from '../../state/mines.ts';
import { focus } from '../../state/selection.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Facts } from '../../ui/facts.tsx';
import { StageName } from '../../ui/stage-mark.tsx';
import { RetractDialog } from './retract-dialog.tsx';

/** The land that is lit: what it is now, and the event that made it so, with its evidence. */
export function FocusCard() {
  const lit = focus.value;
  if (lit?.kind !== 'cell' && lit?.kind !== 'event') return null;
  const cell = lit.kind === 'cell' ? partition.data.value?.features.find(one => one.id === lit.id) : undefined;
  const eventId = lit.kind === 'event' ? lit.id : cell?.properties.eventId;
  const event = landEvents.data.value?.find(one => one.id === eventId);
  const stage = cell?.properties.stage ?? event?.stage;
  if (stage === undefined) return null;
  const areaM2 = cell?.properties.areaM2 ?? event?.areaM2;
  return (
    <aside class="card focus-card" aria-label={t('land.focus')}>
      <header class="spread">
        <h2>
          <StageName stage={stage} />
        </h2>
        <IconButton icon="close" label={t('ui.close')} onClick={() => (focus.value = null)} />
      </header>
      <p class="focus-area">
        <strong class="num">{formatHa(areaM2, 4)}</strong> <span class="muted num">{formatMu(areaM2, 2)}</span>
      </p>
      {event === undefined ? (
        <CellOnly since={cell?.properties.since} grade={cell?.properties.evidenceGrade} />
      ) : (
        <EventFacts event={event} />
      )}
    </aside>
  );
}

function CellOnly({ since, grade }: { readonly since: string | undefined; readonly grade: string | undefined }) {
  return (
    <Facts
      facts={[
        { name: t('land.sinceName'), value: formatDate(since) },
        { name: t('land.evidence'), value: grade ?? '' },
      ]}
    />
  );
}

function EventFacts({ event }: { readonly event: LandEvent }) {
  const [retracting, setRetracting] = useState(false);
  const open = mine.data.value;
  const why = (action: 'land.write' | 'land.retract'): string | undefined => {
    const reason =
      event.retractedAt === null
        ? whyNot(action, account.value, open?.organisationCode, organisations.data.value)
        : 'why.retracted';
    return reason === null ? undefined : t(reason);
  };
  const severity = SEVERITIES.find(one => Number(one) === event.severity);
  const optional = (name: string, value: string): { name: string; value: string }[] =>
    value === '' ? [] : [{ name, value }];
  return (
    <>
      <Facts
        facts={[
          { name: t('land.event'), value: `#${event.id}${event.assumed ? ` · ${t('land.assumed')}` : ''}` },
          { name: t('land.effectiveOn'), value: formatDate(event.effectiveOn) },
          { name: t('land.recorded'), value: formatInstant(event.recordedAt) },
          { name: t('land.evidence'), value: `${event.evidenceGrade} ${t(`evidence.${event.evidenceGrade}`)}` },
          { name: t('rate.scope'), value: t(`scope.${event.scope}`) },
          ...optional(t('land.reason'), event.reason === null ? '' : t(`reason.${event.reason}`)),
          ...optional(t('land.damage'), event.damageType === null ? '' : t(`damage.${event.damageType}`)),
          ...optional(t('land.severity'), severity === undefined ? '' : t(`severity.${severity}`)),
          ...optional(t('edit.right'), event.rightRef ?? ''),
          ...optional(t('land.replaces'), event.replacesId === null ? '' : `#${event.replacesId}`),
          ...optional(t('land.retractedAt'), event.retractedAt === null ? '' : formatInstant(event.retractedAt)),
        ]}
      />
      <div class="row row-wrap">
        <Button
          small
          icon="draw"
          why={why('land.write')}
          onClick={() => open && startEditing(open.id, open.landRevision, event)}
        >
          {t('land.correct')}
        </Button>
        <Button small icon="trash" kind="danger" why={why('land.retract')} onClick={() => setRetracting(true)}>
          {t('land.retract')}
        </Button>
      </div>
      {retracting && open && <RetractDialog mineId={open.id} event={event} onClose={() => setRetracting(false)} />}
    </>
  );
}
