import type { Facility } from '../../api/shapes/mines.ts';
import { formatDate, formatHa, formatMu, formatNumber } from '../../i18n/format.ts';
import { nameOf } from '../../i18n/locale.ts';
import { hasText, t, tCode } from '../../i18n/t.ts';
import { facilities } from '../../state/mine/places.ts';
import { focus } from '../../state/selection.ts';
import { Facts, type Fact } from '../../ui/facts.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LoadedView } from '../../ui/states.tsx';

/** Tailings facilities and red-mud yards first, then the rest. */
const FIRST = ['TSF', 'RMY', 'WRD', 'PIT'];
const rank = (facility: Facility): number => FIRST.indexOf(facility.type) + 1 || FIRST.length + 1;

export function FacilityList() {
  return (
    <LoadedView from={facilities} isEmpty={list => list.length === 0} empty={t('facility.empty')}>
      {list => (
        <ul class="cards">
          {[...list]
            .sort((a, b) => rank(a) - rank(b))
            .map(facility => (
              <li key={facility.id}>
                <FacilityCard facility={facility} />
              </li>
            ))}
        </ul>
      )}
    </LoadedView>
  );
}

function FacilityCard({ facility }: { readonly facility: Facility }) {
  const lit = focus.value?.kind === 'facility' && focus.value.id === facility.id;
  return (
    <article class={`card${lit ? ' is-lit' : ''}`}>
      <header class="spread">
        <h2>{nameOf(facility)}</h2>
        <button
          type="button"
          class="link small"
          aria-pressed={lit}
          onClick={() => (focus.value = lit ? null : { kind: 'facility', id: facility.id })}
        >
          <Icon name="target" size={15} /> {t('ui.onMap')}
        </button>
      </header>
      <p class="row row-wrap">
        <span class="chip">{tCode('facility', facility.type)}</span>
        {facility.status && <span class="chip chip-plain">{tCode('facilityStatus', facility.status)}</span>}
        <span class="muted num">
          {formatHa(facility.areaM2)} · {formatMu(facility.areaM2)}
        </span>
      </p>
      <Facts facts={attributeFacts(facility.attributes ?? {})} />
    </article>
  );
}

/** Words of the attributes that this client knows; an attribute that it does not know is left to the API. */
function attributeFacts(attributes: Readonly<Record<string, unknown>>): Fact[] {
  return Object.entries(attributes).flatMap(([name, value]): Fact[] => {
    const key = `attribute.${name}`;
    if (!hasText(key) || value === null || value === undefined || value === '') return [];
    return [{ name: t(key as 'attribute.purpose'), value: attributeText(name, value) }];
  });
}

function attributeText(name: string, value: unknown): string {
  if (typeof value === 'boolean') return t(value ? 'ui.yes' : 'ui.no');
  if (typeof value === 'number') {
    if (name.endsWith('TPerM3')) return t('unit.tPerM3', { value: formatNumber(value, 2) });
    if (name.endsWith('M3')) return t('unit.wanM3', { value: formatNumber(value / 10_000, 1) });
    if (name.endsWith('M')) return t('unit.m', { value: formatNumber(value, 1) });
    return formatNumber(value, Number.isInteger(value) ? 0 : 2);
  }
  if (typeof value !== 'string') return JSON.stringify(value);
  if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return formatDate(value);
  return tCode(name, value);
}
