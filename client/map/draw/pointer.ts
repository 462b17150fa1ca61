import type { Map as GlMap } from 'maplibre-gl';

let last: string | undefined;
if (typeof window !== 'undefined') {
  window.addEventListener('pointerdown', ({ pointerType }) => (last = pointerType), true);
}

/** Whether a finger is drawing: by what touched the page last, as one machine may have a mouse and a touch screen. */
export const isCoarse = (): boolean =>
  last === undefined ? matchMedia('(pointer: coarse)').matches : last === 'touch';

/** Pixels within which a pointer means a thing: more under a finger. */
export const reachPx = (): number => (isCoarse() ? 24 : 12);

/**
 * Two fingers move the map, also in the middle of a stroke: the drawing library, which follows the first finger only,
 * must not take its lifting for a click.
 */
export function sparePinches(map: GlMap): () => void {
  const fingers = new Set<number>();
  let wasMany = false;
  const down = ({ pointerId, pointerType }: PointerEvent): void => {
    if (pointerType !== 'touch') return;
    if (fingers.size === 0) wasMany = false;
    fingers.add(pointerId);
    wasMany ||= fingers.size > 1;
  };
  const up = (event: PointerEvent): void => {
    if (!fingers.delete(event.pointerId)) return;
    if (wasMany) event.stopPropagation();
  };
  const element = map.getContainer();
  element.addEventListener('pointerdown', down, true);
  window.addEventListener('pointerup', up, true);
  window.addEventListener('pointercancel', up, true);
  return () => {
    element.removeEventListener('pointerdown', down, true);
    window.removeEventListener('pointerup', up, true);
    window.removeEventListener('pointercancel', up, true);
  };
}
