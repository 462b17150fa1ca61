import { effect } from '@preact/signals';
import { Marker, type Map as GlMap } from 'maplibre-gl';
import type { Box } from '../../../gis/types.ts';
import type { MineSummary } from '../../api/shapes/mines.ts';
import { formatPercent } from '../../i18n/format.ts';
import { locale, nameOf } from '../../i18n/locale.ts';
import { t } from '../../i18n/t.ts';
import { mines, rateOfMine } from '../../state/mines.ts';
import { mineId, selectMine } from '../../state/selection.ts';
import { ringSvg } from '../../ui/rate-ring.ts';

/** From here on the mine itself is large enough to be seen and its ring would only hide it. */
const HIDE_FROM_ZOOM = 10.5;

interface Placed {
  readonly marker: Marker;
  readonly button: HTMLButtonElement;
  readonly mine: MineSummary;
}

/** On the screen, in CSS pixels. */
interface Box2 {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** A ring with the mine's rate where it lies, a button for keyboards and screen readers alike. */
export function showMarkers(map: GlMap): () => void {
  let placed: Placed[] = [];

  const place = (mine: MineSummary, [west, south, east, north]: Box): Placed => {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'mine-marker';
    button.addEventListener('click', event => {
      event.stopPropagation();
      selectMine(mine.id);
    });
    const marker = new Marker({ element: button }).setLngLat([(west + east) / 2, (south + north) / 2]).addTo(map);
    return { marker, button, mine };
  };

  /** Names that would lie over another ring or name are left out; their rings stay. */
  const declutter = (): void => {
    const hidden = map.getZoom() >= HIDE_FROM_ZOOM;
    const taken: Box2[] = placed.map(({ marker }) => {
      const { x, y } = map.project(marker.getLngLat());
      return { x: x - 22, y: y - 22, w: 44, h: 44 };
    });
    for (const [index, { button, marker }] of placed.entries()) {
      button.hidden = hidden;
      const name = button.querySelector<HTMLElement>('.mine-marker-name');
      if (name === null || hidden) continue;
      const { x, y } = map.project(marker.getLngLat());
      const w = name.offsetWidth;
      const places: readonly (readonly [side: string, box: Box2])[] = [
        ['right', { x: x + 24, y: y - 11, w, h: 22 }],
        ['left', { x: x - 24 - w, y: y - 11, w, h: 22 }],
        ['below', { x: x - w / 2, y: y + 22, w, h: 22 }],
        ['above', { x: x - w / 2, y: y - 44, w, h: 22 }],
      ];
      const place = places.find(([, box]) => taken.every((other, at) => at === index || !overlaps(box, other)));
      button.classList.toggle('is-bare', place === undefined);
      button.dataset['side'] = place?.[0] ?? 'right';
      if (place !== undefined) taken.push(place[1]);
    }
  };

  const endPlaces = effect(() => {
    for (const { marker } of placed) marker.remove();
    placed = (mines.data.value ?? []).flatMap(mine => (mine.bbox === null ? [] : [place(mine, mine.bbox)]));
  });
  const endWords = effect(() => {
    void mines.data.value;
    void locale.value;
    for (const { button, mine } of placed) {
      const value = rateOfMine.value(mine)?.rates['RR1']?.value ?? null;
      button.innerHTML = ringSvg(value);
      const name = document.createElement('span');
      name.className = 'mine-marker-name';
      name.textContent = nameOf(mine);
      button.append(name);
      button.setAttribute('aria-label', t('map.mine', { name: nameOf(mine), rate: formatPercent(value) }));
      button.classList.toggle('is-open', mineId.value === mine.id);
    }
    requestAnimationFrame(declutter);
  });
  map.on('move', declutter);
  return () => {
    endPlaces();
    endWords();
    map.off('move', declutter);
    for (const { marker } of placed) marker.remove();
  };
}

const overlaps = (a: Box2, b: Box2): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
