import { formatHa, formatLength, formatMu } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { isMeasured, measured } from '../../state/editing/assess/assessed.ts';
import { session } from '../../state/editing/store.ts';

/** How much land it is, how far round, and how much of it lies where it should not: of this moment. */
export function MeasureCard() {
  const { areaM2, perimeterM, outsideM2, habitatM2 } = measured.value;
  const isDrawn = session.value.rings.length > 0;
  return (
    <div class="measure" aria-live="polite" aria-busy={!isMeasured.value}>
      <span class="measure-area num">{formatHa(areaM2, 4)}</span>
      <span class="muted num">{formatMu(areaM2, 2)}</span>
      <span class="muted num">{t('edit.perimeter', { length: formatLength(perimeterM) })}</span>
      {!isMeasured.value && <span class="small muted">{t('edit.measure.stale')}</span>}
      {isDrawn && (
        <dl class="measure-parts small">
          <div class={outsideM2 !== null && outsideM2 >= 1 ? 'is-bad' : ''}>
            <dt>{t('edit.measure.outside')}</dt>
            <dd class="num">{outsideM2 === null ? t('edit.measure.unknown') : formatHa(outsideM2, 4)}</dd>
          </div>
          <div class={habitatM2 >= 1 ? 'is-bad' : ''}>
            <dt>{t('edit.measure.habitat')}</dt>
            <dd class="num">{formatHa(habitatM2, 4)}</dd>
          </div>
        </dl>
      )}
    </div>
  );
}
