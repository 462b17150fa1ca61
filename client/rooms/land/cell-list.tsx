import { useState } from 'preact/hooks';
import type { LandCell } from '../../api/shapes/land.ts';
import { formatDate, formatHa } from '../../i18n/format.ts';
import { t, tn } from '../../i18n/t.ts';
import { focus } from '../../state/selection.ts';
import { Button } from '../../ui/button.tsx';

const FIRST = 12;

/** The polygons behind one line of the area table; choosing one lights it on the map and opens its evidence. */
export function CellList({ cells }: { readonly cells: readonly LandCell[] }) {
  const [all, setAll] = useState(false);
  const shown = all ? cells : cells.slice(0, FIRST);
  return (
    <ul class="cell-list">
      {shown.map(cell => {
        const lit = focus.value?.kind === 'cell' && focus.value.id === cell.id;
        return (
          <li key={cell.id}>
            <button
              type="button"
              class="cell-row"
              aria-pressed={lit}
              onClick={() => (focus.value = lit ? null : { kind: 'cell', id: cell.id })}
            >
              <span class="num">{formatHa(cell.properties.areaM2)}</span>
              <span class="grow muted">{t('land.since', { date: formatDate(cell.properties.since) })}</span>
              <span class="tag" title={t(`evidence.${cell.properties.evidenceGrade}`)}>
                {cell.properties.evidenceGrade}
              </span>
            </button>
          </li>
        );
      })}
      {cells.length > FIRST && !all && (
        <li>
          <Button kind="quiet" small onClick={() => setAll(true)}>
            {tn('land.showAll', cells.length)}
          </Button>
        </li>
      )}
    </ul>
  );
}
