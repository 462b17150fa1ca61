import { signal } from '@preact/signals';
import { t } from '../../i18n/t.ts';
import { LAYERS, landOpacity, layers, toggleLayer } from '../../state/view.ts';
import { IconButton } from '../../ui/button.tsx';
import { LiveFile } from '../imagery/live/live-file.tsx';
import { ScenePicker } from '../imagery/scene-picker.tsx';
import { BoundaryKey, StageKey } from './legend.tsx';

const open = signal(false);

/** What the map shows, with its key: one sheet, because nobody switches a layer on without wanting to read it. */
export function LayerControl() {
  return (
    <div class={`layer-control${open.value ? ' is-open' : ''}`}>
      <IconButton
        icon="layers"
        label={t('layers.title')}
        expanded={open.value}
        class="map-button"
        onClick={() => (open.value = !open.value)}
      />
      {open.value && (
        <section class="layer-sheet" aria-label={t('layers.title')}>
          <h2>{t('layers.title')}</h2>
          <ul class="stack-tight">
            {LAYERS.map(layer => (
              <li key={layer}>
                <label class="check">
                  <input type="checkbox" checked={layers.value.has(layer)} onChange={() => toggleLayer(layer)} />
                  <span>{t(`layer.${layer}`)}</span>
                </label>
              </li>
            ))}
          </ul>
          <label class="slider-field">
            <span>{t('layers.landOpacity')}</span>
            <input
              type="range"
              min="0.1"
              max="1"
              step="0.05"
              value={landOpacity.value}
              onInput={event => (landOpacity.value = Number(event.currentTarget.value))}
            />
          </label>
          <h2>{t('scene.title')}</h2>
          <ScenePicker />
          <h2>{t('live.title')}</h2>
          <LiveFile />
          <h2>{t('legend.stages')}</h2>
          <StageKey />
          <h2>{t('legend.boundaries')}</h2>
          <BoundaryKey />
        </section>
      )}
    </div>
  );
}
