import type { Boundary } from '../../api/shapes/mines.ts';
import { formatDate, formatHa, formatMu } from '../../i18n/format.ts';
import { t, tn } from '../../i18n/t.ts';
import { openMembers } from '../../state/mine/rate-members.ts';
import { tab } from '../../state/selection.ts';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { CellList } from '../land/cell-list.tsx';

/** The polygons that the opened side of the rate adds up, with their sum; or why it has none of its own. */
export function SideList() {
  const members = openMembers.value;
  if (members === undefined) return <Skeleton lines={3} />;
  if (members.kind === 'figure') {
    return (
      <div class="stack-tight">
        <p class="small muted">{t(`rate.side.${members.why}`)}</p>
        {members.why === 'year' && (
          <div>
            <Button small onClick={() => (tab.value = 'ledger')}>
              {t('rate.side.openYear')}
            </Button>
          </div>
        )}
      </div>
    );
  }
  const areas =
    members.kind === 'cells'
      ? members.cells.map(cell => cell.properties.areaM2)
      : members.boundaries.map(boundary => boundary.areaM2 ?? 0);
  const sumM2 = areas.reduce((sum, areaM2) => sum + areaM2, 0);
  return (
    <div class="stack-tight">
      <p class="small muted num side-sum">
        {tn('land.polygons', areas.length)} · {formatHa(sumM2, 4)} · {formatMu(sumM2, 2)}
      </p>
      {members.kind === 'cells' ? (
        <CellList cells={members.cells} named />
      ) : (
        <ul class="cell-list">
          {members.boundaries.map(boundary => (
            <BoundaryRow key={boundary.id} boundary={boundary} />
          ))}
        </ul>
      )}
    </div>
  );
}

function BoundaryRow({ boundary }: { readonly boundary: Boundary }) {
  return (
    <li class="cell-row">
      <span class="grow">
        <span>{t(`boundary.${boundary.kind}`)}</span>
        <span class="small muted">
          {t('land.since', { date: formatDate(boundary.validFrom) })}
          {boundary.docRef !== null && ` · ${boundary.docRef}`}
        </span>
      </span>
      <span class="cell-area num">
        <span>{formatHa(boundary.areaM2)}</span>
        <span class="small muted">{formatMu(boundary.areaM2)}</span>
      </span>
    </li>
  );
}
