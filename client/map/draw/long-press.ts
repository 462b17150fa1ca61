import type { Map as GlMap, MapTouchEvent } from 'maplibre-gl';

const LONG_MS = 550;
/** A resting finger trembles by this many pixels. */
export const TREMBLE_PX = 7;

/**
 * Calls when one finger that has rested on the map for a while is lifted: the right button of those who have none. The
 * time is that of the touches themselves, so that a page that was busy takes no slow beginning of a drag for a rest.
 */
export function longPress(map: GlMap, held: (event: MapTouchEvent) => void): () => void {
  let from: MapTouchEvent | undefined;
  const start = (event: MapTouchEvent): void => {
    from = event.points.length > 1 ? undefined : event;
  };
  const move = ({ point }: MapTouchEvent): void => {
    if (from !== undefined && point.dist(from.point) > TREMBLE_PX) from = undefined;
  };
  const lift = ({ originalEvent }: MapTouchEvent): void => {
    const pressed = from;
    from = undefined;
    if (pressed === undefined || originalEvent.timeStamp - pressed.originalEvent.timeStamp < LONG_MS) return;
    // Else the browser would click where the corner was.
    originalEvent.preventDefault();
    held(pressed);
  };
  const drop = (): void => {
    from = undefined;
  };
  map.on('touchstart', start);
  map.on('touchmove', move);
  map.on('touchend', lift);
  map.on('touchcancel', drop);
  return () => {
    map.off('touchstart', start);
    map.off('touchmove', move);
    map.off('touchend', lift);
    map.off('touchcancel', drop);
  };
}
