import { effect, untracked } from '@preact/signals';
import type { CanvasSource, Map as GlMap } from 'maplibre-gl';
import { t } from '../i18n/t.ts';
import { livePicture, liveRaster, openLiveFile } from '../state/editing/live/live.ts';
import type { LiveInfo, LivePicture } from '../state/editing/live/messages.ts';
import { notify } from '../state/notices.ts';
import { FIRST_ABOVE_SCENE } from './layers/all.ts';
import { theme } from './theme.ts';

const OUTLINE = 'own-raster-outline';
const PICTURE = 'own-raster-picture';

/** A raster of the person's own: taken when it is dropped on the map, shown as an outline and a picture. */
export function followOwnRaster(map: GlMap): () => void {
  const container = map.getContainer();
  const onDragOver = (event: DragEvent): void => {
    if (event.dataTransfer?.types.includes('Files') !== true) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    container.classList.add('takes-drop');
  };
  const onDragLeave = (): void => container.classList.remove('takes-drop');
  const onDrop = (event: DragEvent): void => {
    onDragLeave();
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    event.preventDefault();
    void openLiveFile(file);
  };
  container.addEventListener('dragover', onDragOver);
  container.addEventListener('dragleave', onDragLeave);
  container.addEventListener('drop', onDrop);
  let told: LiveInfo | undefined;
  const ends = [
    effect(() => {
      const raster = liveRaster.value;
      remove(map, OUTLINE);
      if (raster.step === 'failed') tell(() => t('live.fault', { name: raster.name }), 'bad');
      if (raster.step !== 'open') return;
      showOutline(map, raster.info, theme.value.accent);
      if (told !== raster.info) tell(() => t('live.opened', { name: raster.info.name }), 'good');
      told = raster.info;
    }),
    effect(() => {
      const [raster, picture] = [liveRaster.value, livePicture.value];
      remove(map, PICTURE);
      if (raster.step === 'open' && picture !== null) showPicture(map, raster.info, picture);
    }),
  ];
  return () => {
    for (const end of ends) end();
    container.removeEventListener('dragover', onDragOver);
    container.removeEventListener('dragleave', onDragLeave);
    container.removeEventListener('drop', onDrop);
  };
}

/** A notice reads the list that it writes: no effect may follow it. */
const tell = (text: () => string, tone: 'good' | 'bad'): void => untracked(() => notify(text(), tone));

function remove(map: GlMap, id: string): void {
  if (map.getLayer(id)) map.removeLayer(id);
  if (map.getSource(id)) map.removeSource(id);
}

function showOutline(map: GlMap, { outline }: LiveInfo, color: string): void {
  const coordinates = outline.map(([lng, lat]) => [lng, lat]);
  const data = { type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates } } as const;
  map.addSource(OUTLINE, { type: 'geojson', data });
  map.addLayer({
    id: OUTLINE,
    type: 'line',
    source: OUTLINE,
    paint: { 'line-color': color, 'line-width': 1.6, 'line-dasharray': [3, 2] },
  });
}

/** Hung up at its four corners: good enough for the eye, and never measured. */
function showPicture(map: GlMap, { corners }: LiveInfo, { width, height, pixels }: LivePicture): void {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
  const hung = corners.map(([lng, lat]): [number, number] => [lng, lat]);
  map.addSource(PICTURE, {
    type: 'canvas',
    canvas,
    animate: false,
    coordinates: hung as unknown as CanvasSource['coordinates'],
  });
  const below = map.getLayer(FIRST_ABOVE_SCENE) ? FIRST_ABOVE_SCENE : undefined;
  const paint = { 'raster-opacity': 0.9, 'raster-resampling': 'nearest' } as const;
  map.addLayer({ id: PICTURE, type: 'raster', source: PICTURE, paint }, below);
}
