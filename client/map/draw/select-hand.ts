import { effect } from '@preact/signals';
import type { Map as GlMap, MapMouseEvent, MapTouchEvent, Point } from 'maplibre-gl';
import { contains } from '../../../gis/geometry/position/locate.ts';
import type { Position } from '../../../gis/types.ts';
import { removeVertex } from '../../state/editing/edit-session.ts';
import { closeRing, snapPosition, type EditRing } from '../../state/editing/rings.ts';
import { dispatch, heldRings, selectedCorner, selectedRing, session, tool } from '../../state/editing/store.ts';
import { setData } from '../sources.ts';
import { t } from '../../i18n/t.ts';
import { notify } from '../../state/notices.ts';
import { handlesNear, type Handle } from './handles.ts';
import { longPress, TREMBLE_PX } from './long-press.ts';
import { isCoarse, reachPx } from './pointer.ts';
import { handleFeatures, showMoving, type Hold } from './show-hold.ts';
import { reachAt, snapHere } from './snapping.ts';

type Press = MapMouseEvent | MapTouchEvent;

/** Corners and parts under the hand: drag a corner, drag a middle to make one, drag a part, right-click or rest a finger to take one out. */
export function selectHand(map: GlMap): () => void {
  let hold: Hold | undefined;
  let pointer: Position | undefined;
  /** Where a finger was set down; undefined once it has really moved. */
  let resting: Point | undefined;
  let frame = 0;

  const ringById = (id: string | null): EditRing | undefined => session.peek().rings.find(ring => ring.id === id);

  /** Rings in the order in which a press means them: the chosen one first. */
  const rings = (): EditRing[] => {
    const chosen = ringById(selectedRing.peek());
    const others = session.peek().rings.filter(ring => ring !== chosen);
    return chosen === undefined ? others : [chosen, ...others];
  };

  const handleAt = (at: Position): { ring: EditRing; handle: Handle } | undefined => {
    const reach = reachAt(map, at);
    for (const ring of rings()) {
      // A middle answers on the chosen ring only: it is shown there only.
      const near = handlesNear(ring.positions, at, reach, ring.id === selectedRing.peek());
      if (near !== undefined) return { ring, handle: near };
    }
    return undefined;
  };

  const ringAt = (at: Position): EditRing | undefined =>
    rings()
      .filter(ring => contains({ type: 'Polygon', coordinates: [closeRing(ring.positions)] }, at))
      .sort((a, b) => Number(b.role === 'hole') - Number(a.role === 'hole'))[0];

  const partOf = (ring: EditRing): EditRing[] => {
    if (ring.role === 'hole') return [ring];
    const outline = { type: 'Polygon', coordinates: [closeRing(ring.positions)] } as const;
    const holes = session.peek().rings.filter(one => one.role === 'hole');
    return [ring, ...holes.filter(({ positions: [first] }) => first !== undefined && contains(outline, first))];
  };

  const press = (event: Press): void => {
    if (isMany(event)) return letGo();
    if (hold !== undefined || isRightButton(event)) return;
    resting = 'points' in event ? event.point : undefined;
    const at: Position = [event.lngLat.lng, event.lngLat.lat];
    pointer = at;
    if (tool.peek() === 'move') {
      const ring = ringAt(at);
      if (ring === undefined) return;
      selectedRing.value = ring.id;
      hold = { rings: partOf(ring), from: at, pressed: at };
    } else {
      const hit = handleAt(at);
      if (hit === undefined) return;
      const { ring, handle } = hit;
      selectedRing.value = ring.id;
      selectedCorner.value = handle.isMiddle ? null : { ringId: ring.id, index: handle.index };
      hold = {
        rings: [ring],
        from: handle.position,
        pressed: at,
        corner: { index: handle.index, isNew: handle.isMiddle },
      };
    }
    // The times of one movement, not of all that ever were.
    performance.clearMeasures('edit-move');
    // The map stays where it is while a corner moves.
    event.preventDefault();
  };

  /** Puts back what is in hand, as if it had not been taken. */
  const letGo = (): void => {
    hold = undefined;
    heldRings.value = null;
    showHandles();
  };

  const move = (event: Press): void => {
    if (resting !== undefined && event.point.dist(resting) <= TREMBLE_PX) return;
    resting = undefined;
    pointer = [event.lngLat.lng, event.lngLat.lat];
    if (hold !== undefined) {
      const startMs = performance.now();
      heldRings.value = moved(map, hold, pointer);
      performance.measure('edit-move', { start: startMs });
    } else if (frame === 0) map.getCanvas().style.cursor = cursor(pointer);
    frame ||= requestAnimationFrame(showHandles);
  };
  const cursor = (at: Position): string =>
    tool.peek() === 'move' ? (ringAt(at) === undefined ? '' : 'move') : handleAt(at) === undefined ? '' : 'grab';

  const release = (event: Press): void => {
    const held = hold;
    const now = heldRings.peek();
    hold = undefined;
    if (held === undefined || now === null) return;
    const { corner } = held;
    const label = corner === undefined ? 'move-part' : corner.isNew ? 'insert-vertex' : 'move-vertex';
    dispatch({ type: 'do', command: { label, put: now, remove: [] } });
    const [ring] = now;
    if (corner !== undefined && ring !== undefined) {
      selectedCorner.value = { ringId: ring.id, index: corner.index + (corner.isNew ? 1 : 0) };
    }
    event.preventDefault();
    showHandles();
  };

  const choose = (event: MapMouseEvent): void => {
    const at: Position = [event.lngLat.lng, event.lngLat.lat];
    if (handleAt(at) !== undefined) return;
    selectedCorner.value = null;
    const ring = ringAt(at);
    if (ring !== undefined) selectedRing.value = ring.id;
  };

  const takeOut = (event: Press): void => {
    const hit = handleAt([event.lngLat.lng, event.lngLat.lat]);
    if (hit === undefined || hit.handle.isMiddle || tool.peek() === 'move') return;
    event.preventDefault();
    letGo();
    if (hit.ring.positions.length <= 3) return notify(t('edit.vertex.last'));
    dispatch({ type: 'do', command: removeVertex(hit.ring, hit.handle.index) });
  };

  // Some browsers send it after a long press as well: the finger has its own.
  const rightClick = (event: MapMouseEvent): void => {
    if (!isCoarse()) takeOut(event);
  };

  const showHandles = (): void => {
    frame = 0;
    const chosen = heldRings.peek()?.[0] ?? ringById(selectedRing.peek());
    setData(map, 'handles', {
      type: 'FeatureCollection',
      features: chosen === undefined || tool.peek() === 'move' ? [] : handleFeatures(map, chosen, pointer),
    });
    showMoving(map, hold);
  };

  const end = effect(() => {
    void [session.value, selectedRing.value, selectedCorner.value, tool.value];
    frame ||= requestAnimationFrame(showHandles);
  });
  map.on('mousedown', press);
  map.on('touchstart', press);
  map.on('mousemove', move);
  map.on('touchmove', move);
  map.on('mouseup', release);
  map.on('touchend', release);
  map.on('touchcancel', letGo);
  map.on('click', choose);
  map.on('contextmenu', rightClick);
  const endPress = longPress(map, takeOut);
  map.on('moveend', showHandles);
  return () => {
    end();
    cancelAnimationFrame(frame);
    heldRings.value = null;
    for (const name of ['mousedown', 'touchstart'] as const) map.off(name, press);
    for (const name of ['mousemove', 'touchmove'] as const) map.off(name, move);
    for (const name of ['mouseup', 'touchend'] as const) map.off(name, release);
    map.off('touchcancel', letGo);
    map.off('click', choose);
    map.off('contextmenu', rightClick);
    endPress();
    map.off('moveend', showHandles);
    map.getCanvas().style.cursor = '';
    setData(map, 'handles', { type: 'FeatureCollection', features: [] });
    setData(map, 'stroke', { type: 'FeatureCollection', features: [] });
  };
}

const isMany = (event: Press): boolean => 'points' in event && event.points.length > 1;
const isRightButton = (event: Press): boolean => 'button' in event.originalEvent && event.originalEvent.button !== 0;

/** The rings as the hand holds them now: a corner falls on what is near, a part keeps its shape. */
function moved(map: GlMap, { rings, from, pressed, corner }: Hold, pointer: Position): EditRing[] {
  const [east, north] = [pointer[0] - pressed[0], pointer[1] - pressed[1]];
  if (corner === undefined) {
    return rings.map(ring => ({
      ...ring,
      positions: ring.positions.map(([lng, lat]) => snapPosition([lng + east, lat + north])),
    }));
  }
  const to: Position = [from[0] + east, from[1] + north];
  return rings.map(ring => {
    const snap = snapHere(to, reachAt(map, to, reachPx() * 0.75), new Set([ring.id]));
    const position = snapPosition(snap?.position ?? to);
    const positions = corner.isNew
      ? ring.positions.toSpliced(corner.index + 1, 0, position)
      : ring.positions.with(corner.index, position);
    return { ...ring, positions };
  });
}
