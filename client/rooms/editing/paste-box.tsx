import { useState } from 'preact/hooks';
import { t } from '../../i18n/t.ts';
import { readPasted } from '../../state/editing/paste.ts';
import { replaceDrawing, session } from '../../state/editing/store.ts';
import { selectedSummary } from '../../state/mines.ts';
import { camera } from '../../state/view.ts';
import { Button } from '../../ui/button.tsx';
import { AreaField } from '../../ui/field.tsx';
import { addTriangle } from './coordinate-table.tsx';

/** Takes a polygon as text, for survey tables and for those who do not use a pointer. */
export function PasteBox() {
  const [text, setText] = useState('');
  const [fault, setFault] = useState<string | undefined>();
  const take = (): void => {
    const pasted = readPasted(text);
    if (pasted.ok) {
      replaceDrawing(pasted.geometry);
      setText('');
      setFault(undefined);
    } else setFault(t(`edit.paste.${pasted.code}`));
  };
  const triangle = (): void => {
    const box = selectedSummary.value?.bbox;
    const at = camera.value;
    if (at !== null) addTriangle(at.lng, at.lat);
    else if (box) addTriangle((box[0] + box[2]) / 2, (box[1] + box[3]) / 2);
  };
  return (
    <div class="stack">
      <AreaField
        label={t('edit.paste')}
        hint={t('edit.paste.hint')}
        error={fault}
        value={text}
        onInput={setText}
        rows={3}
        placeholder="POLYGON((112.01 35.01, 112.02 35.01, 112.02 35.02, 112.01 35.01))"
      />
      <div class="row row-wrap">
        <Button small onClick={take} why={text.trim() === '' ? t('edit.paste.empty') : null}>
          {t('edit.paste.take')}
        </Button>
        {session.value.rings.length === 0 && (
          <Button small kind="quiet" onClick={triangle}>
            {t('edit.triangle')}
          </Button>
        )}
      </div>
    </div>
  );
}
