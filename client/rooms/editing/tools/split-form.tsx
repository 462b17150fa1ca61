import { useState } from 'preact/hooks';
import { t } from '../../../i18n/t.ts';
import { selectedRing, session } from '../../../state/editing/store.ts';
import { splitAlong, takeApart } from '../../../state/editing/tools/commands.ts';
import { Button } from '../../../ui/button.tsx';
import { TextField } from '../../../ui/field.tsx';

/** A cut without a pointer: straight between two corners of the ring in hand; or every part for itself. */
export function SplitForm() {
  const [from, setFrom] = useState('1');
  const [to, setTo] = useState('3');
  const { rings } = session.value;
  const ring = rings.find(one => one.id === selectedRing.value) ?? rings[0];
  const [start, end] = [ring?.positions[Number(from) - 1], ring?.positions[Number(to) - 1]];
  const isLine = start !== undefined && end !== undefined && start !== end;
  const outlines = rings.filter(({ role }) => role === 'outer').length;
  return (
    <div class="stack-tight">
      <div class="tool-form tool-form-narrow">
        <TextField label={t('edit.split.from')} type="number" value={from} onInput={setFrom} />
        <TextField label={t('edit.split.to')} type="number" value={to} onInput={setTo} />
        <Button
          why={isLine ? null : t('edit.corner.none')}
          onClick={() => start !== undefined && end !== undefined && splitAlong([start, end])}
        >
          {t('edit.split.do')}
        </Button>
      </div>
      {outlines > 1 && (
        <div>
          <Button small onClick={() => takeApart()}>
            {t('edit.split.parts')}
          </Button>
        </div>
      )}
    </div>
  );
}
