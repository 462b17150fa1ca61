import type { Map as GlMap } from 'maplibre-gl';
import type { BaseMapSetting } from '../../api/shapes/session.ts';
import { baseMapFault } from '../../state/view.ts';
import { OWN_SOURCES, TILE_LAYERS } from '../sources.ts';
import type { MapTheme } from '../theme.ts';
import { baseStyle, builtInLayers, BUILT_IN_SOURCE, showLand } from './basemap.ts';

/** An operator's style that has not answered by then is taken for missing, so that nobody waits for the land. */
const STYLE_WAIT_MS = 8000;

const JUDGE_EVERY_MS = 2000;

const OURS: ReadonlySet<string> = new Set([...TILE_LAYERS, ...OWN_SOURCES, 'scene', 'base-land']);

/**
 * Watches an operator's base map. A style that does not come is replaced by the built-in one; where its tiles do not
 * come, the built-in coasts are laid beneath the land. Either way `baseMapFault` says so, and ends when tiles come again.
 */
export function watchBase(map: GlMap, setting: BaseMapSetting, theme: MapTheme): () => void {
  if (setting.kind === 'builtin') return () => undefined;
  const origin = new URL(setting.url.replace(/\{[^}]*\}/g, '0')).origin;
  let styleIsThere = false;
  let everLoaded = false;
  let loaded = 0;
  let failed = 0;

  const fallBack = (): void => {
    if (styleIsThere) return;
    styleIsThere = true;
    baseMapFault.value = { origin };
    map.setStyle(baseStyle({ kind: 'builtin' }, theme));
  };
  const timer = setTimeout(fallBack, STYLE_WAIT_MS);
  map.once('style.load', () => {
    clearTimeout(timer);
    styleIsThere = true;
  });
  const isOfBase = (sourceId: string | undefined): boolean => sourceId !== undefined && !OURS.has(sourceId);
  const layBeneath = (): void => {
    if (map.getSource(BUILT_IN_SOURCE.id)) return;
    map.addSource(BUILT_IN_SOURCE.id, BUILT_IN_SOURCE.source);
    for (const layer of builtInLayers(theme)) map.addLayer(layer, 'graticule-line');
    showLand(map);
  };
  const liftAway = (): void => {
    if (setting.kind !== 'style' || !map.getSource(BUILT_IN_SOURCE.id)) return;
    for (const { id } of builtInLayers(theme)) map.removeLayer(id);
    map.removeSource(BUILT_IN_SOURCE.id);
  };

  map.on('error', event => {
    if (!styleIsThere) {
      // Before its style is there a map can only fail at the style itself.
      clearTimeout(timer);
      fallBack();
      return;
    }
    if (isOfBase((event as { sourceId?: string }).sourceId)) failed += 1;
  });
  map.on('sourcedata', event => {
    if (!isOfBase(event.sourceId) || event.tile?.hasData() !== true) return;
    loaded += 1;
    everLoaded = true;
  });
  const judge = (): void => {
    if (!styleIsThere || !map.loaded() || !hasTiles(map)) return;
    // A server that has no tile at all answers "not found", which is no error to a map: only their absence tells.
    const isMissing = !everLoaded || (failed > 0 && loaded === 0);
    if (isMissing) {
      if (baseMapFault.peek() === null) baseMapFault.value = { origin };
      layBeneath();
    } else if (loaded > 0 && failed === 0 && baseMapFault.peek() !== null) {
      baseMapFault.value = null;
      liftAway();
    }
    [loaded, failed] = [0, 0];
  };
  map.on('idle', judge);
  // The last "not found" draws no frame, and without a frame a map does not say that it is idle.
  const clock = setInterval(judge, JUDGE_EVERY_MS);
  return () => {
    clearTimeout(timer);
    clearInterval(clock);
    baseMapFault.value = null;
  };
}

/** Whether the base map fetches tiles; a style of plain colours and drawn shapes cannot miss any. */
const hasTiles = (map: GlMap): boolean =>
  Object.entries(map.getStyle().sources).some(
    ([id, source]) => !OURS.has(id) && (source.type === 'raster' || source.type === 'vector'),
  );
