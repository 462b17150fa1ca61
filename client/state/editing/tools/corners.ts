import { metresPerDegree } from '../../../../gis/earth/local-scale.ts';
import { moveVertex, removeRing, removeVertex } from '../edit-session.ts';
import { snapPosition, type EditRing } from '../rings.ts';
import { dispatch, selectedCorner, selectedRing, session } from '../store.ts';

/** One press of an arrow key, m; ten times as much with Shift. */
const NUDGE_M = 0.5;

const ringOf = (id: string | null | undefined): EditRing | undefined =>
  session.peek().rings.find(ring => ring.id === id);

/** Moves the chosen corner east and north by steps. False where none is chosen. */
export function nudge(east: number, north: number): boolean {
  const corner = selectedCorner.peek();
  const ring = ringOf(corner?.ringId);
  const from = corner === null ? undefined : ring?.positions[corner.index];
  if (corner === null || ring === undefined || from === undefined) return false;
  const scale = metresPerDegree(from[1]);
  const to = snapPosition([from[0] + (east * NUDGE_M) / scale.lng, from[1] + (north * NUDGE_M) / scale.lat]);
  dispatch({ type: 'do', command: moveVertex(ring, corner.index, to) });
  return true;
}

/** Chooses the next corner of the ring in hand, or the one before; the first where none was chosen. */
export function stepCorner(direction: 1 | -1): boolean {
  const corner = selectedCorner.peek();
  const ring = ringOf(corner?.ringId ?? selectedRing.peek());
  if (ring === undefined) return false;
  const count = ring.positions.length;
  const index = corner === null ? 0 : (corner.index + direction + count) % count;
  selectedRing.value = ring.id;
  selectedCorner.value = { ringId: ring.id, index };
  return true;
}

/** Takes out the chosen corner, or the chosen ring where no corner is or the ring would be none without it. */
export function removeChosen(): boolean {
  const corner = selectedCorner.peek();
  const ring = ringOf(corner?.ringId ?? selectedRing.peek());
  if (ring === undefined) return false;
  const isCorner = corner !== null && ring.positions.length > 3;
  dispatch({ type: 'do', command: isCorner ? removeVertex(ring, corner.index) : removeRing(ring.id) });
  return true;
}
