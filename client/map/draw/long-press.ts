import type { Map as GlMap, MapTouchEvent } from 'maplibre-gl';

const LONG_MS = 550;
/** A resting finger trembles by this many pixels. */
export const TREMBLE_PX = 7;

/** Calls when one finger has rested on the map for a while: the right button of those who have none. */
export function longPress(map: GlMap, held: (event: MapTouchEvent) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let from: MapTouchEvent['point'] | undefined;
  const drop = (): void => clearTimeout(timer);
  const start = (event: MapTouchEvent): void => {
    drop();
    if (event.points.length > 1) return;
    from = event.point;
    timer = setTimeout(() => held(event), LONG_MS);
  };
  const move = ({ point }: MapTouchEvent): void => {
    if (from !== undefined && point.dist(from) > TREMBLE_PX) drop();
  };
  map.on('touchstart', start);
  map.on('touchmove', move);
  map.on('touchend', drop);
  map.on('touchcancel', drop);
  return () => {
    drop();
    map.off('touchstart', start);
    map.off('touchmove', move);
    map.off('touchend', drop);
    map.off('touchcancel', drop);
  };
}
