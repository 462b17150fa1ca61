import { useEffect, useRef } from 'preact/hooks';
import type { LandEvent } from '../../api/shapes/land.ts';
import { formatDate, formatHa, formatInstant } from '../../i18n/format.ts';
import { t, tn } from '../../i18n/t.ts';
import type { ConflictPiece } from '../../state/editing/conflict/pieces.ts';
import { chooseKept, conflictParts, isComparing, keptParts, settle } from '../../state/editing/conflict/settling.ts';
import { conflict, dropAndReload, keepEditing, save, saving } from '../../state/editing/saving.ts';
import { gather } from '../../state/editing/shaping/shaped.ts';
import { form, shapeFault, showPolygon } from '../../state/editing/store.ts';
import { isNarrow, sheet } from '../../state/view.ts';
import { Button } from '../../ui/button.tsx';
import { Segmented } from '../../ui/choices.tsx';
import { Icon } from '../../ui/icon.tsx';
import { StageName } from '../../ui/stage-mark.tsx';

/**
 * Somebody else wrote to this ledger since the drawing was begun. Not a modal dialog: the map beside it shows both, and
 * has to stay within reach while one decides.
 */
export function ConflictCard() {
  const now = conflict.value;
  const element = useRef<HTMLElement>(null);
  const pieces = conflictParts.value;
  useEffect(() => {
    element.current?.focus();
    // On a phone the sheet makes way: the map above the card shows what is decided.
    if (isNarrow.peek()) sheet.value = 'peek';
  }, [now]);
  useEffect(() => {
    // Both versions before the eyes, beside the card that has just been laid over the map.
    if (pieces.length > 0) showPolygon(gather(pieces.map(({ geometry }) => geometry)));
  }, [pieces]);
  if (now === null) return null;
  const fault = shapeFault.value;
  return (
    <section
      ref={element}
      tabIndex={-1}
      class="conflict"
      role="alertdialog"
      aria-labelledby="conflict-title"
      aria-describedby="conflict-about"
    >
      <h2 id="conflict-title" class="row">
        <Icon name="warn" /> {t('conflict.title')}
      </h2>
      <p id="conflict-about">
        {now.events.length === 0 ? t('conflict.about.unknown') : tn('conflict.about', now.events.length)}
      </p>
      <ul class="stack-tight">
        {now.events.map(event => (
          <li key={event.id} class="card card-tight">
            <p class="spread">
              <StageName stage={event.stage} />
              <span class="num">{formatHa(event.areaM2, 4)}</span>
            </p>
            <p class="small muted">
              {formatDate(event.effectiveOn)} · {t('conflict.recorded', { when: formatInstant(event.recordedAt) })}
            </p>
          </li>
        ))}
      </ul>
      {isComparing.value && (
        <output class="row small">
          <span class="spinner" aria-hidden="true" /> {t('conflict.comparing')}
        </output>
      )}
      {pieces.length > 0 && (
        <>
          <h3>{t('conflict.pieces')}</h3>
          <ol class="conflict-pieces">
            {pieces.map((piece, index) => (
              <Piece key={piece.id} piece={piece} number={index + 1} events={now.events} />
            ))}
          </ol>
        </>
      )}
      {fault !== null && (
        <p class="note note-warn" role="alert">
          <Icon name="warn" /> {t(`edit.shape.${fault}`)}
        </p>
      )}
      <div class="stack-tight">
        {pieces.length > 0 ? (
          <>
            <Button kind="primary" busy={saving.value} onClick={() => void settle('save')}>
              {t('conflict.apply')}
            </Button>
            <Button onClick={() => void settle('edit')}>{t('conflict.applyEdit')}</Button>
          </>
        ) : (
          <Button kind="primary" onClick={keepEditing}>
            {t('conflict.keep')}
          </Button>
        )}
        <Button busy={saving.value} onClick={() => void save({ whatever: true })}>
          {t('conflict.saveAnyway')}
        </Button>
        <Button kind="danger" onClick={dropAndReload}>
          {t('conflict.reload')}
        </Button>
      </div>
    </section>
  );
}

interface PieceProps {
  readonly piece: ConflictPiece;
  readonly number: number;
  readonly events: readonly LandEvent[];
}

/** One piece: whose it is, how large, and what becomes of it. */
function Piece({ piece, number, events }: PieceProps) {
  const { id, side, areaM2, eventId } = piece;
  const theirDate = events.find(event => event.id === eventId)?.effectiveOn;
  const isInTime = side === 'both' && theirDate !== undefined && theirDate !== form.value.effectiveOn;
  const keep = isInTime ? t('conflict.both.keepInTime') : t(`conflict.${side}.keep`);
  return (
    <li>
      <p class="spread">
        <span class="row">
          <span class={`conflict-swatch conflict-swatch-${side}`} aria-hidden="true" />
          {number} · {t(`conflict.side.${side}`)}
        </span>
        <span class="num small">{formatHa(areaM2, 4)}</span>
      </p>
      <Segmented<'keep' | 'leave'>
        label={`${number} · ${t(`conflict.side.${side}`)}`}
        small
        value={keptParts.value.has(id) ? 'keep' : 'leave'}
        choices={[
          { value: 'keep', label: keep },
          { value: 'leave', label: t(`conflict.${side}.leave`) },
        ]}
        onChange={choice => chooseKept(id, choice === 'keep')}
      />
    </li>
  );
}
