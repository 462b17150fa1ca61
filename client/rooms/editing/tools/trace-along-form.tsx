import { nameOf } from '../../../i18n/locale.ts';
import { t, tCode } from '../../../i18n/t.ts';
import {
  changeStretch,
  chooseNeighbour,
  cornerCount,
  neighbours,
  stretch,
  takeStretch,
  type Neighbour,
} from '../../../state/editing/tools/trace-along.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Icon } from '../../../ui/icon.tsx';
import { StageName } from '../../../ui/stage-mark.tsx';
import { ScrollRegion } from '../../../ui/tables/scroll-region.tsx';

/** Tracing by keys: a neighbour from the list, then the corners between which the outline follows it. */
export function TraceAlongForm() {
  const now = stretch.value;
  const near = neighbours.value;
  if (near.length === 0) return <p class="small">{t('edit.pick.none')}</p>;
  return (
    <div class="stack-tight trace-along">
      <ScrollRegion class="pick-list" label={t('edit.trace.list')}>
        <ul>
          {near.map(one => (
            <li key={one.key}>
              <button
                type="button"
                class="pick"
                aria-pressed={now?.neighbour.ring === one.ring}
                onClick={() => chooseNeighbour(one)}
              >
                <Name neighbour={one} />
                <span class="num small">{t('edit.trace.corners', { count: cornerCount(one) })}</span>
              </button>
            </li>
          ))}
        </ul>
      </ScrollRegion>
      {now !== null && (
        <div class="tool-form tool-form-narrow">
          <Corner label={t('edit.split.from')} value={now.from} onPick={from => changeStretch({ from })} />
          <Corner label={t('edit.split.to')} value={now.to} onPick={to => changeStretch({ to })} />
          <Button
            small
            kind="primary"
            why={
              isThere(now.from) && isThere(now.to) && now.from !== now.to
                ? null
                : t('edit.trace.range', { count: cornerCount(now.neighbour) })
            }
            onClick={takeStretch}
          >
            {t('edit.trace.take')}
          </Button>
        </div>
      )}
    </div>
  );

  function isThere(corner: number): boolean {
    return now !== null && Number.isInteger(corner) && corner >= 0 && corner < cornerCount(now.neighbour);
  }
}

interface CornerProps {
  readonly label: string;
  /** From 0; shown from 1. */
  readonly value: number;
  readonly onPick: (corner: number) => void;
}

function Corner({ label, value, onPick }: CornerProps) {
  return (
    <TextField
      label={label}
      type="number"
      value={Number.isNaN(value) ? '' : String(value + 1)}
      onInput={text => onPick(text.trim() === '' ? Number.NaN : Number(text) - 1)}
    />
  );
}

function Name({ neighbour }: { readonly neighbour: Neighbour }) {
  if (neighbour.stage !== undefined) return <StageName stage={neighbour.stage} />;
  return (
    <span class="row">
      <Icon name="layers" size={16} />
      {neighbour.boundary === undefined ? nameOf(neighbour) : tCode('boundary', neighbour.boundary)}
    </span>
  );
}
