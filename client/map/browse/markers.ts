import { effect } from '@preact/signals';
import { Marker, type Map as GlMap } from 'maplibre-gl';
import type { Box } from '../../../gis/types.ts';
import type { MineSummary } from '../../api/shapes/mines.ts';
import { formatPercent } from '../../i18n/format.ts';
import { locale, nameOf } from '../../i18n/locale.ts';
import { t } from '../../i18n/t.ts';
import { mines, rateOfMine } from '../../state/mines.ts';
import { mineId, selectMine } from '../../state/selection.ts';
import { ringText, ringSvg } from '../../ui/charts/rate-ring.ts';
import { placeNames, spreadApart, type ScreenBox } from './place-marks.ts';

/** From here on the mine itself is large enough to be seen and its ring would only hide it. */
const HIDE_FROM_ZOOM = 10.5;

interface Placed {
  readonly marker: Marker;
  readonly button: HTMLButtonElement;
  readonly name: HTMLSpanElement;
  readonly mine: MineSummary;
}

const span = (className: string): HTMLSpanElement => Object.assign(document.createElement('span'), { className });

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
    return { marker, button, name: span('mine-marker-name'), mine };
  };

  const arrange = (): void => {
    const hidden = map.getZoom() >= HIDE_FROM_ZOOM;
    for (const { button } of placed) button.hidden = hidden;
    if (hidden) return;
    const points = placed.map(({ marker }) => map.project(marker.getLngLat()));
    const shifts = spreadApart(points);
    const sides = placeNames(
      points.map(({ x, y }, index) => ({
        x: x + (shifts[index]?.x ?? 0),
        y: y + (shifts[index]?.y ?? 0),
        nameWidth: placed[index]?.name.offsetWidth ?? 0,
      })),
      { width: map.getContainer().clientWidth, height: map.getContainer().clientHeight },
      covering(map),
    );
    for (const [index, { button, marker }] of placed.entries()) {
      marker.setOffset([shifts[index]?.x ?? 0, shifts[index]?.y ?? 0]);
      button.classList.toggle('is-bare', sides[index] === undefined);
      button.dataset['side'] = sides[index] ?? 'right';
    }
  };

  const endPlaces = effect(() => {
    for (const { marker } of placed) marker.remove();
    placed = (mines.data.value ?? []).flatMap(mine => (mine.bbox === null ? [] : [place(mine, mine.bbox)]));
  });
  const endWords = effect(() => {
    void mines.data.value;
    void locale.value;
    for (const { button, name, mine } of placed) {
      const value = rateOfMine.value(mine)?.rates['RR1']?.value ?? null;
      button.innerHTML = ringSvg(value);
      // The number in the ring is drawn by the style sheet: read aloud, the whole rate follows the name instead.
      const number = span('rate-ring-text');
      number.dataset['text'] = ringText(value);
      const spoken = span('visually-hidden');
      spoken.textContent = t('map.rate', { rate: formatPercent(value) });
      name.textContent = nameOf(mine);
      button.append(number, name, spoken);
      button.classList.toggle('is-open', mineId.value === mine.id);
    }
    requestAnimationFrame(arrange);
  });
  map.on('move', arrange);
  return () => {
    endPlaces();
    endWords();
    map.off('move', arrange);
    for (const { marker } of placed) marker.remove();
  };
}

/** What lies over the map, so that a name beneath it cannot be read: its buttons and, on a phone, the sheet. */
function covering(map: GlMap): ScreenBox[] {
  const frame = map.getContainer().getBoundingClientRect();
  return [...document.querySelectorAll('.maplibregl-ctrl-group, .layer-control, #panel')].map(element => {
    const { left, top, width, height } = element.getBoundingClientRect();
    return { x: left - frame.left, y: top - frame.top, w: width, h: height };
  });
}
