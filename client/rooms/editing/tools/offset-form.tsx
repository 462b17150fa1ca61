import { useState } from 'preact/hooks';
import { t } from '../../../i18n/t.ts';
import type { OffsetKeep } from '../../../state/editing/shaping/offset.ts';
import { offsetBy, offsetUnderWay } from '../../../state/editing/tools/commands.ts';
import { Button } from '../../../ui/button.tsx';
import { Segmented } from '../../../ui/choices.tsx';
import { TextField } from '../../../ui/field.tsx';
import { Elapsed } from '../../../ui/states.tsx';

/** A bench, a safety strip, a shrunken outline: metres, and what of it stays. */
export function OffsetForm() {
  const [distance, setDistance] = useState('10');
  const [keep, setKeep] = useState<OffsetKeep>('all');
  const underWay = offsetUnderWay.value;
  const metres = distance.trim() === '' ? Number.NaN : Number(distance);
  return (
    <form
      class="tool-form"
      onSubmit={event => {
        event.preventDefault();
        void offsetBy(metres, keep);
      }}
    >
      <TextField label={t('edit.offset.distance')} type="number" value={distance} onInput={setDistance} />
      <Segmented<OffsetKeep>
        label={t('edit.offset.keep')}
        small
        value={keep}
        choices={(['all', 'strip'] as const).map(value => ({ value, label: t(`edit.offset.${value}`) }))}
        onChange={setKeep}
      />
      <Button submit busy={underWay !== null}>
        {t('edit.offset.do')}
      </Button>
      {underWay !== null && (
        <>
          <Button onClick={() => underWay.abort()}>{t('ui.cancel')}</Button>
          <output class="small muted">
            {t('edit.offset.busy')} <Elapsed />
          </output>
        </>
      )}
    </form>
  );
}
