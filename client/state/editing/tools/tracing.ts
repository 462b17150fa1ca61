import { batch, signal } from '@preact/signals';
import type { Position } from '../../../../gis/types.ts';
import { putRing } from '../edit-session.ts';
import { dispatch, newRingId, selectedRing, shapeFault, tool } from '../store.ts';
import type { RingCorner } from './snapping/snap-to.ts';
import { addPoint, closedPath, turnLast, type Stroke } from './trace-stroke.ts';

/** The traced outline that is not closed yet. */
export const traced = signal<Stroke>([]);

export function traceAlong(position: Position, on: readonly RingCorner[]): void {
  traced.value = addPoint(traced.peek(), position, on);
}
export const turnTrace = (): void => void (traced.value = turnLast(traced.peek()));
export const unTrace = (): void => void (traced.value = traced.peek().slice(0, -1));
export const dropTrace = (): void => void (traced.value = []);

/** Closes the outline, also along the neighbour where it ends on the ring that it began on. */
export function finishTrace(): void {
  const stroke = traced.peek();
  const path = closedPath(stroke);
  const command = putRing(newRingId(), 'outer', path, 'trace');
  const [ring] = command.put;
  if (ring === undefined || ring.positions.length < 3) {
    shapeFault.value = 'too-few';
    return;
  }
  batch(() => {
    dispatch({ type: 'do', command });
    selectedRing.value = ring.id;
    traced.value = [];
    tool.value = 'select';
  });
}
