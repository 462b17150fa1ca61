import { useEffect, useRef, useState } from 'preact/hooks';
import { SEVERITIES } from '../../api/shapes/codes.ts';
import type { LandCell, LandEvent } from '../../api/shapes/land.ts';
import { findingTitle } from '../../i18n/findings.ts';
import { formatDate, formatHa, formatInstant, formatMu, formatNumber } from '../../i18n/format.ts';
import { nameOf } from '../../i18n/locale.ts';
import { t, tCode } from '../../i18n/t.ts';
import { whyNot } from '../../state/access/permissions.ts';
import { account } from '../../state/access/session.ts';
import { waitingDraft } from '../../state/editing/draft/drafting.ts';
import { startEditing } from '../../state/editing/store.ts';
import { findings, landEvents, partition } from '../../state/mine/land.ts';
import { agreementOfCell } from '../../state/mine/imagery.ts';
import { facilities, mine } from '../../state/mine/places.ts';
import { organisations } from '../../state/mines.ts';
import { focus, type Focus } from '../../state/selection.ts';
import { isNarrow } from '../../state/view.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Facts, type Fact } from '../../ui/facts.tsx';
import { Icon } from '../../ui/icon.tsx';
import { StageName } from '../../ui/stage-mark.tsx';
import { AGREEMENT_ICONS } from '../imagery/agreement-mark.tsx';
import { FindingCard } from './finding-card.tsx';
import { SeverityMark } from './severity-mark.tsx';
import { RetractDialog } from './retract-dialog.tsx';

/** The land that is lit: what it is now, and the event that made it so, with its evidence. */
export function FocusCard() {
  const lit = focus.value;
  const place = useRef<HTMLDivElement>(null);
  // On a phone the card heads the sheet, and what was chosen further down would open out of sight.
  useEffect(() => {
    if (lit !== null && isNarrow.peek()) place.current?.scrollIntoView({ block: 'nearest' });
  }, [lit]);
  return (
    <div ref={place} class="focus-place">
      {lit !== null && <Card lit={lit} />}
    </div>
  );
}

function Card({ lit }: { readonly lit: Focus }) {
  if (lit.kind === 'finding') return <FindingCard id={lit.id} />;
  if (lit.kind !== 'cell' && lit.kind !== 'event') return null;
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
      {event !== undefined ? (
        <EventFacts event={event} cell={cell} />
      ) : (
        cell !== undefined && <Facts facts={cellFacts(cell)} />
      )}
    </aside>
  );
}

/** What the partition says of a cell: all there is for whoever may not read single events. */
function cellFacts(cell: LandCell): Fact[] {
  const { since, eventId, evidenceGrade, scope } = cell.properties;
  return [
    { name: t('land.sinceName'), value: formatDate(since) },
    { name: t('land.event'), value: `#${eventId}` },
    { name: t('land.evidence'), value: `${evidenceGrade} ${t(`evidence.${evidenceGrade}`)}` },
    { name: t('rate.scope'), value: t(`scope.${scope}`) },
    ...satelliteFacts(cell.id),
  ];
}

/** What the satellite says of reclaimed land; nothing of land that is not judged. */
function satelliteFacts(cellId: number): Fact[] {
  const row = agreementOfCell.value.get(cellId);
  if (row === undefined) return [];
  const index = row.recoveryIndex === undefined ? '' : ` · RI ${formatNumber(row.recoveryIndex, 2)}`;
  const reason = row.reason === undefined ? '' : ` · ${tCode('agreementReason', row.reason)}`;
  return [
    {
      name: t('land.satellite'),
      value: (
        <span class="row">
          <span class={`agreement-mark agreement-${row.status}`}>
            <Icon name={AGREEMENT_ICONS[row.status]} size={16} />
          </span>{' '}
          {`${t(`agreement.${row.status}`)}${reason}${index}`}
        </span>
      ),
    },
  ];
}

function EventFacts({ event, cell }: { readonly event: LandEvent; readonly cell: LandCell | undefined }) {
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
          ...optional(t('edit.facility'), facilityName(event.facilityId)),
          ...optional(t('edit.right'), event.rightRef ?? ''),
          ...optional(t('land.replaces'), event.replacesId === null ? '' : `#${event.replacesId}`),
          ...(cell === undefined ? [] : satelliteFacts(cell.id)),
          ...optional(t('land.retractedAt'), event.retractedAt === null ? '' : formatInstant(event.retractedAt)),
        ]}
      />
      <EventFindings eventId={event.id} />
      <div class="row row-wrap">
        <Button
          small
          icon="draw"
          why={why('land.write') ?? (waitingDraft.value && t('draft.first'))}
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

function facilityName(id: number | null): string {
  if (id === null) return '';
  const facility = facilities.data.value?.find(one => one.id === id);
  return facility === undefined ? `#${id}` : nameOf(facility);
}

/** What the rules noticed about the event, each the way to its place. */
function EventFindings({ eventId }: { readonly eventId: number }) {
  const about = findings.data.value?.filter(one => one.eventId === eventId) ?? [];
  if (about.length === 0) return null;
  return (
    <ul class="stack-tight" aria-label={t('finding.ofEvent')}>
      {about.map(finding => (
        <li key={finding.id} class="spread small">
          <button type="button" class="link" onClick={() => (focus.value = { kind: 'finding', id: finding.id })}>
            {findingTitle(finding.code)}
          </button>
          <SeverityMark severity={finding.severity} />
        </li>
      ))}
    </ul>
  );
}
