import { formatHa, formatInstant } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { continueDraft, discardDraft, waitingDraft } from '../../state/editing/draft/drafting.ts';
import { measureRings } from '../../state/editing/measure.ts';
import { mine } from '../../state/mine/places.ts';
import { Button } from '../../ui/button.tsx';

/** Work that was left: after a closed tab, a lost session, or on purpose. */
export function DraftCard() {
  const draft = waitingDraft.value;
  if (draft === null) return null;
  const { rings, tray } = draft.session;
  const revision = mine.data.value?.landRevision;
  const isStale = draft.seenLandRevision !== undefined && revision !== undefined && revision !== draft.seenLandRevision;
  return (
    <section class="card draft-card stack-tight" aria-label={t('draft.title')}>
      <h2>{t('draft.title')}</h2>
      {rings.length > 0 && (
        <p>{t('draft.about', { when: formatInstant(draft.keptAt), area: formatHa(measureRings(rings).areaM2, 4) })}</p>
      )}
      {tray.length > 0 && <p>{t('draft.pieces', { count: tray.length })}</p>}
      {isStale && <p class="small muted">{t('draft.stale')}</p>}
      <div class="row">
        <Button kind="primary" icon="draw" onClick={() => continueDraft(draft)}>
          {t('draft.continue')}
        </Button>
        <Button icon="trash" onClick={() => void discardDraft(draft)}>
          {t('draft.discard')}
        </Button>
      </div>
    </section>
  );
}
