import { effect } from '@preact/signals';
import type { Map as GlMap } from 'maplibre-gl';
import { scenes } from '../state/mine/imagery.ts';
import { account } from '../state/access/session.ts';
import { scene, sceneOpacity } from '../state/view.ts';
import { FIRST_ABOVE_SCENE } from './layers/all.ts';

const ID = 'scene';

/** The satellite scene that is shown, between base map and land. */
export function followScene(map: GlMap): () => void {
  let shown = '';
  const endScene = effect(() => {
    const chosen = scene.value;
    const viewer = account.value?.id ?? 0;
    const known = scenes.data.value?.find(one => one.id === chosen?.id);
    const box = known?.bbox;
    // The revision in the address lets every cache keep the picture for good.
    const version = known === undefined ? '' : `?v=${known.revision}`;
    const wanted = chosen === null ? '' : `${chosen.id}/${chosen.index}/${viewer}/${version}/${box?.join(',') ?? ''}`;
    if (wanted === shown) return;
    shown = wanted;
    if (map.getLayer(ID)) map.removeLayer(ID);
    if (map.getSource(ID)) map.removeSource(ID);
    if (chosen === null) return;
    map.addSource(ID, {
      type: 'raster',
      tiles: [`${location.origin}/tiles/scenes/${chosen.id}/${chosen.index}/{z}/{x}/{y}.png${version}`],
      tileSize: 256,
      minzoom: 5,
      maxzoom: 17,
      ...(box === null || box === undefined ? {} : { bounds: [...box] }),
    });
    map.addLayer(
      {
        id: ID,
        type: 'raster',
        source: ID,
        paint: { 'raster-opacity': sceneOpacity.peek(), 'raster-resampling': 'nearest' },
      },
      FIRST_ABOVE_SCENE,
    );
  });
  const endOpacity = effect(() => {
    const opacity = sceneOpacity.value;
    if (scene.value !== null && map.getLayer(ID)) map.setPaintProperty(ID, 'raster-opacity', opacity);
  });
  return () => {
    endScene();
    endOpacity();
  };
}
