import { formatDate, formatNumber, formatPercent } from '../../i18n/format.ts';
import { t } from '../../i18n/t.ts';
import { readyScenes, scenes, shownLegend } from '../../state/mine/imagery.ts';
import { mineId } from '../../state/selection.ts';
import { scene, sceneOpacity, showScene } from '../../state/view.ts';
import { indexName } from './index-name.ts';
import { SelectField } from '../../ui/field.tsx';

/** Chooses a scene by its date and what is drawn of it; never a date on which no satellite looked. */
export function ScenePicker() {
  if (mineId.value === null) return <p class="small muted">{t('scene.needsMine')}</p>;
  if (scenes.data.value === undefined) return <p class="small muted">{t('ui.loading')}</p>;
  if (readyScenes.value.length === 0) return <p class="small muted">{t('scene.none')}</p>;
  const chosen = scene.value;
  const open = readyScenes.value.find(one => one.id === chosen?.id);
  const indices = open?.indices ?? [];
  return (
    <div class="stack">
      <SelectField
        label={t('scene.date')}
        value={chosen === null ? '' : String(chosen.id)}
        options={[
          { value: '', label: t('scene.off') },
          ...readyScenes.value.map(one => ({
            value: String(one.id),
            label: `${formatDate(one.acquiredOn)} · ${one.sensor}${one.cloudFraction ? ` · ${t('scene.cloud', { share: formatPercent(one.cloudFraction, 0) })}` : ''}`,
          })),
        ]}
        onChange={value => {
          const picked = readyScenes.value.find(one => String(one.id) === value);
          const keep = picked?.indices.includes(chosen?.index ?? '') ? chosen?.index : undefined;
          showScene(picked === undefined ? null : { id: picked.id, index: keep ?? picked.indices[0] ?? 'ndvi' });
        }}
      />
      {open !== undefined && chosen !== null && (
        <>
          <SelectField
            label={t('scene.index')}
            value={chosen.index}
            options={indices.map(value => ({ value, label: indexName(value) }))}
            onChange={index => (scene.value = { id: open.id, index })}
          />
          <label class="slider-field">
            <span>{t('scene.opacity')}</span>
            <input
              type="range"
              min="0"
              max="1"
              step="0.05"
              value={sceneOpacity.value}
              onInput={event => (sceneOpacity.value = Number(event.currentTarget.value))}
            />
          </label>
          <RampLegend />
        </>
      )}
    </div>
  );
}

/** The ramp of the index that is shown, with its ends in numbers. */
function RampLegend() {
  const legend = shownLegend.value;
  if (legend === undefined || legend.stops.length === 0) return null;
  const span = legend.max - legend.min;
  const stops = legend.stops
    .map(stop => `${stop.color} ${(((stop.value - legend.min) / span) * 100).toFixed(1)}%`)
    .join(', ');
  return (
    <figure class="ramp">
      <figcaption class="small muted">{indexName(legend.code)}</figcaption>
      <div class="ramp-bar" style={{ background: `linear-gradient(to right, ${stops})` }} />
      <div class="spread small num">
        <span>{formatNumber(legend.min, 1)}</span>
        <span>{formatNumber((legend.min + legend.max) / 2, 1)}</span>
        <span>{formatNumber(legend.max, 1)}</span>
      </div>
    </figure>
  );
}
