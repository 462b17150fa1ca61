import { useState } from 'preact/hooks';
import { BOUNDARY_KINDS, type BoundaryKind } from '../../../api/shapes/codes.ts';
import { t, tCode } from '../../../i18n/t.ts';
import { clipTo, outlinesOf } from '../../../state/editing/tools/commands.ts';
import { boundaries } from '../../../state/mine/places.ts';
import { Button } from '../../../ui/button.tsx';
import { SelectField } from '../../../ui/field.tsx';

/** Clips to the outlines of one kind. */
export function ClipForm() {
  const known = BOUNDARY_KINDS.filter(kind => boundaries.data.value?.some(one => one.kind === kind));
  const [chosen, setChosen] = useState<BoundaryKind | undefined>();
  const kind = chosen ?? known[0];
  if (kind === undefined) return <p class="small">{t('edit.why.no-boundary')}</p>;
  const why = outlinesOf(kind).length === 0 ? t('edit.shape.no-boundary') : null;
  return (
    <div class="tool-form">
      <SelectField<BoundaryKind>
        label={t('edit.clip.kind')}
        value={kind}
        options={known.map(value => ({ value, label: tCode('boundary', value) }))}
        onChange={setChosen}
      />
      <Button why={why} onClick={() => clipTo(kind)}>
        {t('edit.clip.do')}
      </Button>
    </div>
  );
}
