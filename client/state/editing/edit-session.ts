import type { MultiPolygon, Position } from '../../../gis/types.ts';
import { openRing, snapPosition, type EditRing } from './rings.ts';

/** Keys of the catalogue: what a step did, for the undo button. */
export type EditLabel =
  | 'add-part'
  | 'add-hole'
  | 'remove-ring'
  | 'move-vertex'
  | 'insert-vertex'
  | 'remove-vertex'
  | 'change-ring'
  | 'paste'
  | 'rectangle'
  | 'trace'
  | 'move-part'
  | 'split'
  | 'merge'
  | 'cut-out'
  | 'clip'
  | 'offset'
  | 'copy'
  | 'repair'
  | 'fill-gaps'
  | 'drop-slivers'
  | 'take-piece'
  | 'drop-piece'
  | 'settle';

/** Land that a split has set aside: it waits to be taken up as an event of its own, or merged back. */
export interface Piece {
  readonly id: string;
  readonly geometry: MultiPolygon;
  readonly areaM2: number;
}

/** A change as a value: rings to put (new or replacing the one of that id), ids to remove, and the tray where it changes. */
export interface EditCommand {
  readonly label: EditLabel;
  readonly put: readonly EditRing[];
  readonly remove: readonly string[];
  readonly tray?: readonly Piece[] | undefined;
}

/** Everything that a step can change. */
export interface Sheet {
  readonly rings: readonly EditRing[];
  readonly tray: readonly Piece[];
}

export interface EditStep {
  readonly label: EditLabel;
  readonly before: Sheet;
  readonly after: Sheet;
}

export interface EditSession extends Sheet {
  readonly past: readonly EditStep[];
  readonly future: readonly EditStep[];
}

export type EditAction =
  | { readonly type: 'do'; readonly command: EditCommand }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  | { readonly type: 'start'; readonly rings: readonly EditRing[]; readonly tray?: readonly Piece[] | undefined }
  | { readonly type: 'resume'; readonly session: EditSession };

const MAX_STEPS = 200;

export const EMPTY_SESSION: EditSession = { rings: [], tray: [], past: [], future: [] };

/** The whole of editing as a pure function: no map, no server. Rings are immutable, so a step costs two references. */
export function reduceEdit(session: EditSession, action: EditAction): EditSession {
  switch (action.type) {
    case 'start':
      return { rings: action.rings, tray: action.tray ?? [], past: [], future: [] };
    case 'resume':
      return action.session;
    case 'do': {
      const rings = apply(session.rings, action.command);
      const tray = action.command.tray ?? session.tray;
      if (rings === session.rings && tray === session.tray) return session;
      const after: Sheet = { rings, tray };
      const step: EditStep = { label: action.command.label, before: sheetOf(session), after };
      return { ...after, past: [...session.past, step].slice(-MAX_STEPS), future: [] };
    }
    case 'undo': {
      const step = session.past.at(-1);
      if (step === undefined) return session;
      return { ...step.before, past: session.past.slice(0, -1), future: [step, ...session.future] };
    }
    case 'redo': {
      const [step, ...future] = session.future;
      if (step === undefined) return session;
      return { ...step.after, past: [...session.past, step], future };
    }
  }
}

const sheetOf = ({ rings, tray }: EditSession): Sheet => ({ rings, tray });

function apply(rings: readonly EditRing[], { put, remove }: EditCommand): readonly EditRing[] {
  if (put.length === 0 && remove.length === 0) return rings;
  const gone = new Set(remove);
  const changed = new Map(put.map(ring => [ring.id, ring]));
  const kept = rings.filter(ring => !gone.has(ring.id)).map(ring => changed.get(ring.id) ?? ring);
  const known = new Set(kept.map(ring => ring.id));
  const next = [...kept, ...put.filter(ring => !known.has(ring.id))];
  const unchanged = next.length === rings.length && next.every((ring, index) => sameRing(ring, rings[index]));
  return unchanged ? rings : next;
}

const sameRing = (a: EditRing, b: EditRing | undefined): boolean =>
  b !== undefined &&
  a.id === b.id &&
  a.role === b.role &&
  a.positions.length === b.positions.length &&
  a.positions.every(
    (position, index) => position[0] === b.positions[index]?.[0] && position[1] === b.positions[index]?.[1],
  );

/** Puts a ring as it was drawn: closed or open, any number of decimals. */
export function putRing(id: string, role: EditRing['role'], drawn: readonly Position[], label: EditLabel): EditCommand {
  return { label, put: [{ id, role, positions: openRing(drawn) }], remove: [] };
}

export const removeRing = (id: string): EditCommand => ({ label: 'remove-ring', put: [], remove: [id] });

export function moveVertex(ring: EditRing, vertex: number, to: Position): EditCommand {
  const positions = ring.positions.map((position, index) => (index === vertex ? snapPosition(to) : position));
  return { label: 'move-vertex', put: [{ ...ring, positions }], remove: [] };
}

/** A new corner after `vertex`, half way to the next one. */
export function insertVertexAfter(ring: EditRing, vertex: number): EditCommand {
  const from = ring.positions[vertex];
  const to = ring.positions[(vertex + 1) % ring.positions.length];
  if (from === undefined || to === undefined) return { label: 'insert-vertex', put: [], remove: [] };
  const middle = snapPosition([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]);
  const positions = [...ring.positions.slice(0, vertex + 1), middle, ...ring.positions.slice(vertex + 1)];
  return { label: 'insert-vertex', put: [{ ...ring, positions }], remove: [] };
}

/** Takes a corner out; the last three stay, because two corners enclose nothing. */
export function removeVertex(ring: EditRing, vertex: number): EditCommand {
  if (ring.positions.length <= 3) return { label: 'remove-vertex', put: [], remove: [] };
  const positions = ring.positions.filter((_position, index) => index !== vertex);
  return { label: 'remove-vertex', put: [{ ...ring, positions }], remove: [] };
}
