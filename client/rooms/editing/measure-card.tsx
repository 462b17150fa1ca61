import { formatHa, formatLength, formatMu } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { isMeasured, measured } from '../../state/editing/assess/assessed.ts';
import { measureRings } from '../../state/editing/measure.ts';
import { session, sketch, strokeRing } from '../../state/editing/store.ts';

/** How much land it is, how far round, and how much of it lies where it should not: of this moment. */
export function MeasureCard() {
  const { outsideM2, habitatM2 } = measured.value;
  const { areaM2, perimeterM } = sizeNow();
  const isFaulty = areaM2 === null;
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
            <dd class="num">
              {outsideM2 === null && !isFaulty ? t('edit.measure.unknown') : formatHa(isFaulty ? null : outsideM2, 4)}
            </dd>
          </div>
          <div class={habitatM2 >= 1 ? 'is-bad' : ''}>
            <dt>{t('edit.measure.habitat')}</dt>
            <dd class="num">{formatHa(isFaulty ? null : habitatM2, 4)}</dd>
          </div>
        </dl>
      )}
    </div>
  );
}

interface Size {
  readonly areaM2: number | null;
  readonly perimeterM: number | null;
}

/**
 * With the stroke under way, which is no part of the drawing yet; a stroke that crosses itself just now adds nothing.
 * A faulty drawing has no size, which is not a size of 0.
 */
function sizeNow(): Size {
  const rings = sketch.value;
  const sketched = strokeRing.value === null || rings === null ? undefined : measureRings(rings);
  const size = sketched?.geometry === undefined ? measured.value : sketched;
  const isFaulty = size.geometry === undefined && isMeasured.value && session.value.rings.length > 0;
  return isFaulty ? { areaM2: null, perimeterM: null } : size;
}
