import type { ImportAnswer } from '../../../api/imports.ts';
import { STAGES } from '../../../api/shapes/codes.ts';
import { formatNumber } from '../../../i18n/format.ts';
import { t } from '../../../i18n/t.ts';
import { changeMapping, importMapping, takeLayer } from '../../../state/mine/importing.ts';
import { showBox } from '../../../state/view.ts';
import { Section } from '../../../ui/disclosure.tsx';
import { SelectField } from '../../../ui/field.tsx';

type Layer = ImportAnswer['layers'][number];

/** The layers of a drawing: which are read, where they lie, and which stage each stands for. */
export function LayerTable({ answer }: { readonly answer: ImportAnswer }) {
  if (answer.layers.length === 0) return null;
  return (
    <Section title={t('import.layers')}>
      <ul class="import-layers">
        {answer.layers.map(layer => (
          <LayerRow key={layer.name} layer={layer} />
        ))}
      </ul>
    </Section>
  );
}

function LayerRow({ layer }: { readonly layer: Layer }) {
  const { name, colour, count, isTaken, isFrozen, isOff, box } = layer;
  const state = isFrozen ? t('import.layers.frozen') : isOff ? t('import.layers.off') : null;
  return (
    <li class="stack-tight">
      <div class="row row-wrap">
        <label class="row grow">
          <input
            type="checkbox"
            checked={isTaken}
            onChange={event => void takeLayer(name, event.currentTarget.checked)}
          />
          <span class="import-layer-colour" style={{ background: colour ?? 'transparent' }} aria-hidden="true" />
          <span>{name}</span>
        </label>
        <span class="small muted">
          {t('import.layers.count', { count: formatNumber(count) })}
          {state !== null && ` · ${state}`}
        </span>
        {box !== null && (
          <button type="button" class="link small" onClick={() => showBox(box as [number, number, number, number])}>
            {t('edit.issues.show')}
          </button>
        )}
      </div>
      {isTaken && importMapping.value.columns.stage === 'layer' && <LayerStage name={name} />}
    </li>
  );
}

function LayerStage({ name }: { readonly name: string }) {
  const chosen = (importMapping.value.values.stage ?? {}) as Readonly<Record<string, string>>;
  const stages = STAGES.filter(stage => stage !== 'UND');
  return (
    <SelectField
      label={t('import.layers.stage', { layer: name })}
      value={chosen[name] ?? ''}
      options={[
        { value: '', label: t('import.mapping.asWritten') },
        ...stages.map(value => ({ value, label: t(`stage.${value}`) })),
      ]}
      onChange={code => {
        const kept = Object.entries({ ...chosen, [name]: code }).filter(([, one]) => one !== '');
        changeMapping('values', { stage: Object.fromEntries(kept) });
      }}
    />
  );
}
