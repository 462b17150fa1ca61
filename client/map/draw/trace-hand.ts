import { effect } from '@preact/signals';
import type { Map as GlMap, MapMouseEvent } from 'maplibre-gl';
import type { Position } from '../../../gis/types.ts';
import { cornersAt, type RingCorner } from '../../state/editing/tools/snapping/snap-to.ts';
import { finishTrace, traceAlong, traced } from '../../state/editing/tools/tracing.ts';
import { stretch, withStretch } from '../../state/editing/tools/trace-along.ts';
import { addPoint, strokePath } from '../../state/editing/tools/trace-stroke.ts';
import { setData } from '../sources.ts';
import { catchHere, ledgerTargets, reachAt } from './snapping.ts';

/** Tracing by clicks; the way that the next click would take follows the pointer. */
export function traceHand(map: GlMap): () => void {
  let pointer: Position | undefined;
  let frame = 0;
  const show = (): void => {
    frame = 0;
    const stroke = traced.peek();
    const chosen = stretch.peek();
    const along = chosen === null ? undefined : withStretch(stroke, chosen);
    const next = along ?? (pointer === undefined ? stroke : addPoint(stroke, ...catchAt(pointer)));
    const path = strokePath(next).map(position => [...position]);
    const isLine = next.length > 1 && path.length > 1;
    setData(map, 'stroke', {
      type: 'FeatureCollection',
      features: isLine
        ? [{ type: 'Feature', properties: {}, geometry: { type: 'LineString', coordinates: path } }]
        : [],
    });
    setData(map, 'handles', {
      type: 'FeatureCollection',
      features: next.map((point, index) => ({
        type: 'Feature',
        properties: { kind: index < stroke.length ? 'corner' : along === undefined ? 'middle' : 'chosen' },
        geometry: { type: 'Point', coordinates: [...point.position] },
      })),
    });
  };
  /** Where a click falls, and on which corners of which rings: neighbours share them. */
  const catchAt = (at: Position): [Position, RingCorner[]] => {
    const snap = catchHere(at, reachAt(map, at));
    return snap === undefined ? [at, []] : [snap.position, cornersAt(snap.position, ledgerTargets())];
  };
  const click = (event: MapMouseEvent): void => {
    const at: Position = [event.lngLat.lng, event.lngLat.lat];
    const [first] = traced.peek();
    const reach = reachAt(map, at);
    const closes =
      first !== undefined &&
      traced.peek().length > 2 &&
      Math.hypot((first.position[0] - at[0]) / reach.lng, (first.position[1] - at[1]) / reach.lat) < 1;
    if (closes) finishTrace();
    else traceAlong(...catchAt(at));
  };
  const move = (event: MapMouseEvent): void => {
    pointer = [event.lngLat.lng, event.lngLat.lat];
    // The pointer is what counts now.
    stretch.value = null;
    map.getCanvas().style.cursor = 'crosshair';
    frame ||= requestAnimationFrame(show);
  };
  const end = effect(() => {
    void [traced.value, stretch.value];
    frame ||= requestAnimationFrame(show);
  });
  map.on('click', click);
  map.on('mousemove', move);
  return () => {
    end();
    stretch.value = null;
    cancelAnimationFrame(frame);
    map.off('click', click);
    map.off('mousemove', move);
    map.getCanvas().style.cursor = '';
    for (const id of ['stroke', 'handles'] as const) setData(map, id, { type: 'FeatureCollection', features: [] });
  };
}
