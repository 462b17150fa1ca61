import { isOverdue } from '../../../gis/ledger/overdue.ts';
import type { Restoration } from '../../api/shapes/land.ts';
import { formatDate, formatHa, formatMu, sentenceOf } from '../../i18n/format.ts';
import { t, tn } from '../../i18n/t.ts';
import { eventsReadable, partition } from '../../state/mine/land.ts';
import { tab } from '../../state/selection.ts';
import { Disclosure, Section } from '../../ui/disclosure.tsx';
import { CellList } from './cell-list.tsx';

/** Below this an area is what rounding leaves, m². */
const WORTH_SAYING_M2 = 1;

/** Land that a regulator asks about first: disturbed outside the boundaries, and waiting too long for works. Nothing where there is neither. */
export function Concerns({ restoration }: { readonly restoration: Restoration }) {
  const { outOfBoundsM2, overdue, asAt, scope } = restoration;
  const isOut = (outOfBoundsM2 ?? 0) >= WORTH_SAYING_M2;
  const isLate = (overdue.areaM2 ?? 0) >= WORTH_SAYING_M2;
  if (!isOut && !isLate) return null;
  const waiting = (partition.data.value?.features ?? []).filter(
    ({ properties }) => scope.includes(properties.scope) && isOverdue(properties, asAt),
  );
  return (
    <Section title={t('land.concerns')}>
      <div class="stack">
        {isLate && (
          <div class="stack-tight">
            <Amount name={t('land.overdue', { date: formatDate(overdue.before) })} areaM2={overdue.areaM2 ?? 0} />
            <p class="small muted">{sentenceOf(overdue.definition)}</p>
            <Disclosure summary={tn('land.polygons', waiting.length)}>
              <CellList cells={waiting.toSorted((a, b) => b.properties.areaM2 - a.properties.areaM2)} />
            </Disclosure>
          </div>
        )}
        {isOut && (
          <div class="stack-tight">
            <Amount name={t('land.outOfBounds')} areaM2={outOfBoundsM2 ?? 0} />
            {eventsReadable.value === true && (
              <button type="button" class="link small" onClick={() => (tab.value = 'ledger')}>
                {t('land.outOfBounds.findings')}
              </button>
            )}
          </div>
        )}
      </div>
    </Section>
  );
}

function Amount({ name, areaM2 }: { readonly name: string; readonly areaM2: number }) {
  return (
    <p class="spread">
      <span class="grow">{name}</span>
      <strong class="num">{formatHa(areaM2)}</strong>
      <span class="muted num">{formatMu(areaM2)}</span>
    </p>
  );
}
