import { batch, computed, effect, signal } from '@preact/signals';
import { measured } from '../assess/assessed.ts';
import { aside, SHAPED_AT_ONCE } from '../shaping/aside.ts';
import { cornersOf } from '../shaping/shaping-work.ts';
import { toRings } from '../rings.ts';
import { conflict, keepEditing, save } from '../saving.ts';
import { dispatch, newRingId, session, shapeFault } from '../store.ts';
import { asMine, conflictPieces, settled, type ConflictPiece } from './pieces.ts';

/** The open conflict cut into pieces: my drawing as it is now against every event that meets it. */
export const conflictParts = signal<readonly ConflictPiece[]>([]);
/** Whether the two are still being cut apart. */
export const isComparing = signal(false);

effect(() => {
  const open = conflict.value;
  const { geometry } = measured.value;
  if (open === null || geometry === undefined) {
    conflictParts.value = [];
    return undefined;
  }
  const events = open.events.map(event => ({ id: event.id, geometry: event.geometry }));
  if (cornersOf([geometry, ...events.map(event => event.geometry)]) <= SHAPED_AT_ONCE) {
    conflictParts.value = conflictPieces(geometry, events);
    return undefined;
  }
  const control = new AbortController();
  // Pieces of an earlier drawing must not be applied to this one.
  conflictParts.value = [];
  isComparing.value = true;
  void aside('pieces', { drawing: geometry, events }, control.signal).then(pieces => {
    if (control.signal.aborted) return;
    batch(() => {
      conflictParts.value = pieces ?? [];
      isComparing.value = false;
    });
  });
  return () => {
    control.abort();
    isComparing.value = false;
  };
});

const chosen = signal<ReadonlySet<string> | null>(null);

/** Pieces that will be in my drawing; as it was drawn until somebody chooses. */
export const keptParts = computed(() => chosen.value ?? asMine(conflictParts.value));

// What was chosen in one conflict says nothing about the next.
effect(() => {
  void conflict.value;
  chosen.value = null;
});

export function chooseKept(id: string, isKept: boolean): void {
  const next = new Set(keptParts.peek());
  if (isKept) next.add(id);
  else next.delete(id);
  chosen.value = next;
}

/** Gives the drawing the chosen shape as one step, takes their events as seen, and saves or goes on. */
export async function settle(then: 'save' | 'edit'): Promise<void> {
  const { geometry } = measured.peek();
  if (geometry === undefined) return;
  const kept = keptParts.peek();
  const mine = asMine(conflictParts.peek());
  const isChanged = kept.size !== mine.size || [...kept].some(id => !mine.has(id));
  const shaped = settled(geometry, conflictParts.peek(), kept);
  if (isChanged && !shaped.ok) {
    shapeFault.value = shaped.why;
    return;
  }
  batch(() => {
    if (isChanged && shaped.ok) {
      const remove = session.peek().rings.map(ring => ring.id);
      dispatch({ type: 'do', command: { label: 'settle', put: toRings(shaped.geometry, newRingId), remove } });
    }
    keepEditing();
  });
  if (then === 'save') await save();
}
