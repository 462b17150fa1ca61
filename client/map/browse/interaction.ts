import type { Map as GlMap, MapGeoJSONFeature, MapMouseEvent } from 'maplibre-gl';
import type { Stage } from '../../api/shapes/codes.ts';
import { findingTitle } from '../../i18n/findings.ts';
import { formatDate, formatHa, formatMu } from '../../i18n/format.ts';
import { nameOf } from '../../i18n/locale.ts';
import { t, tCode } from '../../i18n/t.ts';
import { subject } from '../../state/editing/store.ts';
import { focus, mineId, openStage, selectMine, type Focus } from '../../state/selection.ts';
import { sheet } from '../../state/view.ts';

/** Layers that answer to a pointer, the topmost first. */
const TOUCHABLE = [
  'occurrences-dot',
  'findings-line',
  'facilities-symbol',
  'land-fill',
  'habitats-fill',
  'facilities-fill',
  'boundaries-LICENCE',
];

interface Hit {
  readonly focus: Focus | null;
  readonly mineId: number | undefined;
  readonly text: readonly string[];
}

/** What a feature of a tile is, in words, and what choosing it would light. */
function read({ layer, properties, id }: MapGeoJSONFeature): Hit {
  const mine = typeof properties['mineId'] === 'number' ? properties['mineId'] : undefined;
  const size =
    typeof properties['areaM2'] === 'number'
      ? `${formatHa(properties['areaM2'])} · ${formatMu(properties['areaM2'])}`
      : '';
  const name = nameOf(properties as { nameZh?: string; nameEn?: string });
  if (layer.id.startsWith('land-')) {
    const since = t('map.since', { date: formatDate(String(properties['since'])) });
    const cell = Number(properties['cellId'] ?? id);
    return {
      focus: { kind: 'cell', id: cell },
      mineId: mine,
      text: [t(`stage.${properties['stage'] as Stage}`), size, since],
    };
  }
  if (layer.id.startsWith('facilities-')) {
    const facility = Number(properties['id'] ?? id);
    return {
      focus: { kind: 'facility', id: facility },
      mineId: mine,
      text: [name, tCode('facility', String(properties['type'])), size],
    };
  }
  if (layer.id.startsWith('habitats-')) {
    return {
      focus: { kind: 'habitat', id: String(properties['habitatId']) },
      mineId: mine,
      text: [name, t('nature.habitat')],
    };
  }
  if (layer.id.startsWith('findings-')) {
    return {
      focus: { kind: 'finding', id: Number(properties['id'] ?? id) },
      mineId: mine,
      text: [findingTitle(String(properties['code'])), size],
    };
  }
  if (layer.id.startsWith('occurrences-')) {
    const scientific = String(properties['scientificName'] ?? '');
    return {
      focus: { kind: 'occurrence', id: String(properties['occurrenceId']) },
      mineId: mine,
      text: [name, scientific],
    };
  }
  return { focus: null, mineId: mine, text: [name] };
}

/** Looking and choosing: a small label under the pointer, one click lights a thing and opens its mine. */
export function browse(map: GlMap): () => void {
  const tip = document.createElement('div');
  tip.className = 'map-tip';
  tip.setAttribute('aria-hidden', 'true');
  map.getContainer().append(tip);

  const hitAt = ({ point }: MapMouseEvent): Hit | undefined => {
    const known = TOUCHABLE.filter(id => map.getLayer(id) !== undefined);
    const around: [[number, number], [number, number]] = [
      [point.x - 3, point.y - 3],
      [point.x + 3, point.y + 3],
    ];
    const found = map.queryRenderedFeatures(around, { layers: known });
    const top = found.sort((a, b) => TOUCHABLE.indexOf(a.layer.id) - TOUCHABLE.indexOf(b.layer.id))[0];
    return top === undefined ? undefined : read(top);
  };

  const onMove = (event: MapMouseEvent): void => {
    const hit = subject.peek() === null ? hitAt(event) : undefined;
    if (subject.peek() === null) map.getCanvas().style.cursor = hit === undefined ? '' : 'pointer';
    tip.classList.toggle('is-shown', hit !== undefined);
    if (hit === undefined) return;
    tip.replaceChildren(
      ...hit.text
        .filter(line => line !== '')
        .map((line, index) =>
          Object.assign(document.createElement(index === 0 ? 'strong' : 'span'), { textContent: line }),
        ),
    );
    const left = Math.min(event.point.x + 14, map.getContainer().clientWidth - tip.offsetWidth - 8);
    tip.style.transform = `translate(${left}px, ${event.point.y + 16}px)`;
  };
  const onClick = (event: MapMouseEvent): void => {
    if (subject.peek() !== null) return;
    const hit = hitAt(event);
    if (hit === undefined) {
      focus.value = null;
      openStage.value = null;
      return;
    }
    if (hit.mineId !== undefined && hit.mineId !== mineId.peek()) selectMine(hit.mineId);
    if (hit.focus !== null) {
      focus.value = hit.focus;
      if (sheet.peek() === 'peek') sheet.value = 'half';
    }
  };
  const onOut = (): void => tip.classList.remove('is-shown');
  map.on('mousemove', onMove);
  map.on('mouseout', onOut);
  map.on('click', onClick);
  return () => {
    map.off('mousemove', onMove);
    map.off('mouseout', onOut);
    map.off('click', onClick);
    tip.remove();
  };
}
