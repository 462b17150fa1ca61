import { useState } from 'preact/hooks';
import type { LandCell } from '../../api/shapes/land.ts';
import { formatDate, formatHa, formatMu } from '../../i18n/format.ts';
import { t, tn } from '../../i18n/t.ts';
import { agreementOfCell } from '../../state/mine/imagery.ts';
import { focus } from '../../state/selection.ts';
import { AgreementMark } from '../imagery/agreement-mark.tsx';
import { Button } from '../../ui/button.tsx';
import { StageName } from '../../ui/stage-mark.tsx';

const FIRST = 12;

export interface CellListProps {
  readonly cells: readonly LandCell[];
  /** Names the stage in each row, where the list holds more than one. */
  readonly named?: boolean | undefined;
}

/** Polygons behind a number: area, date, event, evidence and what the satellite says; choosing one lights it on the map. */
export function CellList({ cells, named = false }: CellListProps) {
  const [all, setAll] = useState(false);
  const shown = all ? cells : cells.slice(0, FIRST);
  return (
    <ul class="cell-list">
      {shown.map(cell => (
        <li key={cell.id}>
          <CellRow cell={cell} named={named} />
        </li>
      ))}
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

function CellRow({ cell, named }: { readonly cell: LandCell; readonly named: boolean }) {
  const { stage, areaM2, since, eventId, evidenceGrade } = cell.properties;
  const lit = focus.value?.kind === 'cell' && focus.value.id === cell.id;
  return (
    <button
      type="button"
      class="cell-row"
      aria-pressed={lit}
      onClick={() => (focus.value = lit ? null : { kind: 'cell', id: cell.id })}
    >
      <span class="grow">
        {named && <StageName stage={stage} />}
        <span class={named ? 'small muted' : undefined}>{t('land.since', { date: formatDate(since) })}</span>
        <span class="small muted">
          {t('land.eventNo', { id: eventId })} · {evidenceGrade} {t(`evidence.${evidenceGrade}`)}
        </span>
      </span>
      <AgreementMark row={agreementOfCell.value.get(cell.id)} />
      <span class="cell-area num">
        <span>{formatHa(areaM2)}</span>
        <span class="small muted">{formatMu(areaM2)}</span>
      </span>
    </button>
  );
}
