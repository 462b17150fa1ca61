import { effect, untracked } from '@preact/signals';
import { AttributionControl, Map as GlMap, NavigationControl, ScaleControl, setWorkerUrl } from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url';
import 'maplibre-gl/dist/maplibre-gl.css';
import { locale } from '../i18n/locale.ts';
import { settings } from '../state/access/session.ts';
import { camera, cameraWish, CHINA, landOpacity, layers, mapProblem } from '../state/view.ts';
import { watchBase } from './base/base-watch.ts';
import { baseStyle, BUILT_IN_SOURCE, showLand } from './base/basemap.ts';
import { drawMode } from './draw/draw-mode.ts';
import { graticule, graticuleStepDeg } from './base/graticule.ts';
import { addImages } from './images.ts';
import { browse } from './browse/interaction.ts';
import { allLayers, applyVisibility, restyle } from './layers/all.ts';
import { followImported } from './browse/imported.ts';
import { followLit } from './browse/lit.ts';
import { followNames } from './browse/names.ts';
import { mapWords } from './words.ts';
import { showMarkers } from './browse/markers.ts';
import { followOwnRaster } from './own-raster.ts';
import { followScene } from './scene.ts';
import { followDate } from './map-date.ts';
import { addSources, refreshTiles, setData } from './sources.ts';
import { prefersStill, theme } from './theme.ts';

setWorkerUrl(workerUrl);

/** Puts the map into an element. Everything of MapLibre lives below this function; it follows signals and sets signals. */
export function mountMap(container: HTMLElement): () => void {
  let map: GlMap;
  const start = camera.peek();
  const base = settings.peek()?.basemap ?? { kind: 'builtin' };
  try {
    map = new GlMap({
      container,
      style: baseStyle(base, theme.peek()),
      ...(start === null ? { bounds: [...CHINA] } : { center: [start.lng, start.lat], zoom: start.zoom }),
      attributionControl: false,
      maxZoom: 20,
      dragRotate: false,
      pitchWithRotate: false,
      touchPitch: false,
      fadeDuration: prefersStill() ? 0 : 180,
      locale: mapWords(),
      localIdeographFontFamily: getComputedStyle(document.body).fontFamily,
    });
  } catch {
    mapProblem.value = 'webgl';
    return () => undefined;
  }
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), 'top-right');
  map.addControl(new ScaleControl({ maxWidth: 110 }), 'bottom-left');
  map.addControl(new AttributionControl({ compact: true }), 'bottom-right');
  // Tiles that are missing or refused leave a blank, never a broken map; the lists hold the same data.
  map.on('error', () => undefined);

  const ends: (() => void)[] = [watchBase(map, base, theme.peek())];
  map.once('style.load', () => {
    addImages(map, theme.peek());
    addSources(map);
    for (const layer of allLayers(theme.peek(), locale.peek())) map.addLayer(layer);
    ends.push(...follow(map));
    if (map.getSource(BUILT_IN_SOURCE.id)) showLand(map);
  });
  // Browser tests and whoever helps a user at a console ask the map through its element.
  Object.assign(container, { map });

  return () => {
    for (const end of ends.reverse()) end();
    map.remove();
  };
}

/** One effect a concern; each ends when the map goes. */
function follow(map: GlMap): (() => void)[] {
  const redrawGraticule = (): void => {
    const bounds = map.getBounds();
    const step = graticuleStepDeg(map.getZoom());
    const margin = step * 3;
    const box = [
      bounds.getWest() - margin,
      bounds.getSouth() - margin,
      bounds.getEast() + margin,
      bounds.getNorth() + margin,
    ] as const;
    setData(map, 'graticule', graticule(box, step));
  };
  const tellCamera = (): void => {
    const { lng, lat } = map.getCenter();
    camera.value = { lng: round(lng), lat: round(lat), zoom: Math.round(map.getZoom() * 100) / 100 };
  };
  redrawGraticule();
  map.on('moveend', redrawGraticule);
  map.on('moveend', event => {
    if (event.originalEvent !== undefined || moved) tellCamera();
    moved = true;
  });
  let moved = false;
  let done = 0;
  return [
    followDate(),
    effect(() => refreshTiles(map)),
    effect(() => applyVisibility(map, layers.value)),
    effect(() => {
      if (map.getLayer('land-fill')) map.setPaintProperty('land-fill', 'fill-opacity', landOpacity.value);
    }),
    effect(() => {
      const [now, words] = [theme.value, locale.value];
      untracked(() => {
        addImages(map, now);
        restyle(map, now, words);
        map.setPaintProperty('land-fill', 'fill-opacity', landOpacity.peek());
      });
    }),
    effect(() => {
      const wish = cameraWish.value;
      if (wish === null || wish.nonce === done) return;
      done = wish.nonce;
      map.fitBounds([...wish.box], {
        padding: padding(map),
        maxZoom: wish.maxZoom ?? 17,
        animate: !prefersStill(),
        duration: 900,
      });
    }),
    followScene(map),
    followLit(map),
    followImported(map),
    followNames(map),
    showMarkers(map),
    browse(map),
    drawMode(map),
    followOwnRaster(map),
  ];
}

const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5;

/** Room around what is shown, less on small screens; where the panel lies over the map as a sheet, above it. */
function padding(map: GlMap): { top: number; bottom: number; left: number; right: number } {
  const { clientWidth: width, clientHeight: height } = map.getContainer();
  const side = Math.min(64, width * 0.08);
  const frame = map.getContainer().getBoundingClientRect();
  const sheet = document.getElementById('panel')?.getBoundingClientRect();
  const covered =
    sheet !== undefined && sheet.left < frame.right && sheet.right > frame.left ? frame.bottom - sheet.top : 0;
  const top = Math.min(56, height * 0.06);
  // The card of a conflict lies over the map: beside it on a desk, below what it speaks of on a phone.
  const card = document.querySelector('.conflict')?.getBoundingClientRect();
  const isBeside = card !== undefined && card.width < width / 2;
  const below = card === undefined || isBeside ? covered : frame.bottom - card.top;
  return {
    top,
    bottom: Math.min(Math.max(48, below + 16), height - top - 80),
    left: isBeside ? Math.max(side, card.right - frame.left + 24) : side,
    right: side,
  };
}
