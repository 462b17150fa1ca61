import { batch, effect, signal } from '@preact/signals';
import { partsOf } from '../../../../gis/parts-of.ts';
import type { MultiPolygon, Polygonal, Position } from '../../../../gis/types.ts';
import type { BoundaryKind } from '../../../api/shapes/codes.ts';
import { boundaries } from '../../mine/places.ts';
import { isMeasured, measured } from '../assess/assessed.ts';
import type { Fix } from '../assess/fixes.ts';
import { polygonAreaM2 } from '../../../../gis/earth/polygon-area.ts';
import type { EditLabel, Piece } from '../edit-session.ts';
import { measureRings } from '../measure.ts';
import { toRings } from '../rings.ts';
import { aside, SHAPED_AT_ONCE } from '../shaping/aside.ts';
import { cornersOf } from '../shaping/shaping-work.ts';
import { combine, type Combination } from '../shaping/combine.ts';
import { offset, type OffsetKeep } from '../shaping/offset.ts';
import type { Shaped, ShapeFault } from '../shaping/shaped.ts';
import { apart, split, type Split } from '../shaping/split.ts';
import { dispatch, form, newRingId, session, shapeFault, showPolygon, tool } from '../store.ts';

/** The drawing as one shape, or why it is none: nothing drawn, or faults that come first. */
function current(): MultiPolygon | ShapeFault {
  if (session.peek().rings.length === 0) return 'empty';
  // Figures of a moment ago would put back what has just been changed.
  const { geometry } = isMeasured.peek() ? measured.peek() : measureRings(session.peek().rings);
  return geometry ?? 'faulty';
}

/** Puts a shape in the place of the drawing as one step, or tells why there is none. */
function reshape(label: EditLabel, shaped: Shaped, tray?: readonly Piece[]): boolean {
  if (!shaped.ok) {
    shapeFault.value = shaped.why;
    return false;
  }
  const remove = session.peek().rings.map(ring => ring.id);
  dispatch({ type: 'do', command: { label, put: toRings(shaped.geometry, newRingId), remove, tray } });
  return true;
}

function shape(label: EditLabel, work: (drawing: MultiPolygon) => Shaped): boolean {
  const drawing = current();
  return reshape(label, typeof drawing === 'string' ? { ok: false, why: drawing } : work(drawing));
}

/** Joins the drawing with land, takes land out of it, or keeps what lies on the land. */
export const combineWith = (how: Combination, others: readonly Polygonal[]): boolean =>
  shape(how, drawing => combine(drawing, others, how));

/** Outlines of a kind that are valid on the date of the event. */
export function outlinesOf(kind: BoundaryKind): readonly Polygonal[] {
  const day = form.value.effectiveOn;
  return (boundaries.data.value ?? [])
    .filter(one => one.kind === kind && one.validFrom <= day && (one.validTo === null || one.validTo > day))
    .map(({ geometry }) => geometry);
}

export const clipTo = (kind: BoundaryKind): boolean => combineWith('clip', outlinesOf(kind));

/** An offset that is being worked out beside the page; aborting gives it up. */
export const offsetUnderWay = signal<AbortController | null>(null);

/** Grows or shrinks the drawing: large ones beside the page, until done, given up, or overtaken by another step. */
export async function offsetBy(distanceM: number, keep: OffsetKeep): Promise<void> {
  const drawing = current();
  if (typeof drawing === 'string' || cornersOf([drawing]) <= SHAPED_AT_ONCE) {
    shape('offset', now => offset(now, distanceM, keep));
    return;
  }
  const control = new AbortController();
  const { rings } = session.peek();
  offsetUnderWay.peek()?.abort();
  offsetUnderWay.value = control;
  const end = effect(() => {
    if (session.value.rings !== rings) control.abort();
  });
  const shaped = await aside('offset', { drawing, distanceM, keep }, control.signal);
  end();
  if (offsetUnderWay.peek() !== control) return;
  offsetUnderWay.value = null;
  if (control.signal.aborted) return;
  reshape('offset', shaped ?? { ok: false, why: 'unresolvable' });
}

/** The largest piece stays in hand, the others go to the tray. One step. */
function setApart(cut: (drawing: MultiPolygon) => Split): boolean {
  const drawing = current();
  const pieces: Split = typeof drawing === 'string' ? { ok: false, why: drawing } : cut(drawing);
  const [kept, ...rest] = pieces.ok ? pieces.pieces : [];
  if (!pieces.ok || kept === undefined) {
    shapeFault.value = pieces.ok ? 'uncut' : pieces.why;
    return false;
  }
  const done = reshape('split', { ok: true, geometry: kept }, [...session.peek().tray, ...rest.map(toPiece)]);
  if (done) tool.value = 'select';
  return done;
}

export const splitAlong = (line: readonly Position[]): boolean => setApart(drawing => split(drawing, line));
export const takeApart = (): boolean => setApart(apart);

const toPiece = (geometry: MultiPolygon): Piece => ({
  id: newRingId(),
  geometry,
  areaM2: polygonAreaM2(geometry),
});

/** Takes a piece in hand; what was in hand takes its place in the tray. */
export function takePiece(id: string): void {
  const { tray, rings } = session.peek();
  const piece = tray.find(one => one.id === id);
  const drawing = current();
  if (piece === undefined) return;
  if (drawing === 'faulty') {
    shapeFault.value = drawing;
    return;
  }
  const laidDown = rings.length === 0 || typeof drawing === 'string' ? [] : [toPiece(drawing)];
  reshape('take-piece', { ok: true, geometry: piece.geometry }, [...tray.filter(one => one.id !== id), ...laidDown]);
}

/** Joins a piece with what is in hand. */
export function mergePiece(id: string): void {
  const { tray } = session.peek();
  const piece = tray.find(one => one.id === id);
  const drawing = current();
  if (piece === undefined) return;
  reshape(
    'merge',
    typeof drawing === 'string' ? { ok: false, why: drawing } : combine(drawing, [piece.geometry], 'merge'),
    tray.filter(one => one.id !== id),
  );
}

export function dropPiece(id: string): void {
  const tray = session.peek().tray.filter(one => one.id !== id);
  dispatch({ type: 'do', command: { label: 'drop-piece', put: [], remove: [], tray } });
}

/** Adds land that is known already to the drawing, ring by ring, to go on from there. */
export function copyLand(geometry: Polygonal): void {
  const parts: MultiPolygon = { type: 'MultiPolygon', coordinates: partsOf(geometry) };
  const isFirst = session.peek().rings.length === 0;
  batch(() => {
    dispatch({ type: 'do', command: { label: 'copy', put: toRings(parts, newRingId), remove: [] } });
    tool.value = 'select';
  });
  // Chosen from afar, its corners lie on top of each other; beside what is drawn already nobody is carried off.
  if (isFirst) showPolygon(parts);
}

/** Applies a remedy as it was offered. */
export const applyFix = ({ kind, geometry }: Fix): boolean => reshape(kind, { ok: true, geometry });
