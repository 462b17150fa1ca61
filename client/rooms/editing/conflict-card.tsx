import { useEffect, useRef } from 'preact/hooks';
import { formatDate, formatHa, formatInstant } from '../../i18n/format.ts';
import { t, tn } from '../../i18n/t.ts';
import { conflict, dropAndReload, keepEditing, save, saving } from '../../state/editing/saving.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { StageName } from '../../ui/stage-mark.tsx';

/**
 * Somebody else wrote to this ledger since the drawing was begun. Not a modal dialog: the map beside it shows both, and
 * has to stay within reach while one decides.
 */
export function ConflictCard() {
  const now = conflict.value;
  const element = useRef<HTMLElement>(null);
  useEffect(() => element.current?.focus(), [now]);
  if (now === null) return null;
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
              <span class="num">{formatHa(event.areaM2)}</span>
            </p>
            <p class="small muted">
              {formatDate(event.effectiveOn)} · {t('conflict.recorded', { when: formatInstant(event.recordedAt) })}
            </p>
          </li>
        ))}
      </ul>
      <div class="stack-tight">
        <Button kind="primary" onClick={keepEditing}>
          {t('conflict.keep')}
        </Button>
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
