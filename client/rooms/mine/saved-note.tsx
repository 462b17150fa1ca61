import { useState } from 'preact/hooks';
import type { SavedLandEvent } from '../../api/shapes/land.ts';
import { formatHa, sentenceOf } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { lastSaved } from '../../state/editing/saving.ts';
import { mineId } from '../../state/selection.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { RetractDialog } from '../land/retract-dialog.tsx';

/** The server's word on the event that was just saved: its area as stored, what it noticed, and the way back. */
export function SavedNote({ saved }: { readonly saved: SavedLandEvent }) {
  const [asking, setAsking] = useState(false);
  const mine = mineId.value;
  return (
    <section class="note note-good" aria-live="polite">
      <Icon name="check" />
      <div class="grow stack-tight">
        <p>{t('edit.saved', { stage: t(`stage.${saved.stage}`), area: formatHa(saved.areaM2, 4) })}</p>
        {saved.findings.map((finding, index) => (
          <p key={index} class="small">
            {sentenceOf(finding.message)}
          </p>
        ))}
        {mine !== null && (
          <div>
            <Button small icon="undo" onClick={() => setAsking(true)}>
              {t('land.retract')}
            </Button>
          </div>
        )}
      </div>
      <IconButton icon="close" label={t('ui.close')} onClick={() => (lastSaved.value = null)} />
      {asking && mine !== null && <RetractDialog mineId={mine} event={saved} onClose={() => setAsking(false)} />}
    </section>
  );
}
