import { formatHa } from '../../../i18n/format.ts';
import { nameOf } from '../../../i18n/locale.ts';
import { t } from '../../../i18n/t.ts';
import { focus } from '../../../state/selection.ts';
import { listedPickables, pick, type Pickable } from '../../../state/editing/tools/pickable.ts';
import { Icon } from '../../../ui/icon.tsx';
import { StageName } from '../../../ui/stage-mark.tsx';
import { ScrollRegion } from '../../../ui/tables/scroll-region.tsx';

/** The same land as on the map, nearest first, for those who do not use a pointer. */
export function PickList() {
  const items = listedPickables.value;
  if (items.length === 0) return <p class="small">{t('edit.pick.none')}</p>;
  return (
    <ScrollRegion class="pick-list" label={t('edit.pick.list')}>
      <ul>
        {items.map(item => (
          <li key={item.key}>
            <button
              type="button"
              class="pick"
              onClick={() => pick(item)}
              onFocus={() => light(item)}
              onMouseEnter={() => light(item)}
              onBlur={() => (focus.value = null)}
              onMouseLeave={() => (focus.value = null)}
            >
              {item.stage === undefined ? (
                <span class="row">
                  <Icon name={item.kind === 'habitat' ? 'leaf' : 'layers'} size={16} /> {nameOf(item)}
                </span>
              ) : (
                <StageName stage={item.stage} />
              )}
              <span class="num small">{formatHa(item.areaM2)}</span>
            </button>
          </li>
        ))}
      </ul>
    </ScrollRegion>
  );
}

function light({ key, kind }: Pickable): void {
  const id = key.slice(kind.length + 1);
  focus.value = kind === 'habitat' ? { kind, id } : { kind, id: Number(id) };
}
