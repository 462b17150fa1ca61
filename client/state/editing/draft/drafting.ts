import { batch, effect, signal } from '@preact/signals';
import { account } from '../../access/session.ts';
import { mineId } from '../../selection.ts';
import { reduceEdit } from '../edit-session.ts';
import {
  form,
  freshForm,
  newRingId,
  seenLandRevision,
  selectedRing,
  session,
  startEditing,
  stopEditing,
  subject,
  tool,
} from '../store.ts';
import { toRings } from '../rings.ts';
import { forKeeping, isWorthKeeping, type Draft } from './draft.ts';
import { indexedShelf, type DraftShelf } from './draft-shelf.ts';

/** Work that waits to be continued: of this account, on the open mine. Null while it is being worked on. */
export const waitingDraft = signal<Draft | null>(null);
/** Whether the device keeps what is drawn; false where the browser refuses storage. */
export const isKept = signal(true);

const KEEP_AFTER_MS = 300;

let shelf: DraftShelf | undefined;
let owner: number | undefined;
let work: Promise<unknown> = Promise.resolve();

/** One after the other, so that a draft that was thrown away is not written again by an earlier keystroke. */
function inTurn<T>(task: (shelf: DraftShelf) => Promise<T>): Promise<T | undefined> {
  const kept = shelf;
  if (kept === undefined) return Promise.resolve(undefined);
  const done = work
    .then(() => task(kept))
    .then(
      value => {
        isKept.value = true;
        return value;
      },
      () => {
        isKept.value = false;
        return undefined;
      },
    );
  work = done;
  return done;
}

function currentDraft(): Draft | undefined {
  const what = subject.peek();
  if (what === null || owner === undefined || !isWorthKeeping(session.peek())) return undefined;
  return {
    accountId: owner,
    mineId: what.mineId,
    keptAt: new Date().toISOString(),
    replaces: what.replaces,
    seenLandRevision: seenLandRevision.peek(),
    form: form.peek(),
    session: forKeeping(session.peek()),
  };
}

/** Begins to keep what is drawn and to look for what was. Called once at start. */
export function startDrafting(place: DraftShelf = indexedShelf()): void {
  shelf = place;
  // Work belongs to whoever began it: with another account it is put away, for its owner to find.
  effect(() => {
    const viewer = account.value?.id;
    if (subject.value === null) owner = undefined;
    else if (owner === undefined) owner = viewer;
    else if (viewer !== owner) putAway();
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    void [session.value, form.value, seenLandRevision.value];
    clearTimeout(timer);
    if (subject.value === null) return;
    timer = setTimeout(keepNow, KEEP_AFTER_MS);
  });
  effect(() => {
    const [viewer, mine] = [account.value?.id, mineId.value];
    const isEditing = subject.value !== null;
    waitingDraft.value = null;
    if (viewer === undefined || mine === null || isEditing) return;
    void inTurn(kept => kept.read(viewer, mine)).then(draft => {
      const isHere = account.peek()?.id === viewer && mineId.peek() === mine && subject.peek() === null;
      if (isHere) waitingDraft.value = draft ?? null;
    });
  });
  // A closed tab: what was drawn in the last moment as well.
  if (typeof addEventListener === 'function') addEventListener('pagehide', keepNow);
}

function keepNow(): void {
  const draft = currentDraft();
  if (draft !== undefined) void inTurn(kept => kept.write(draft));
}

/** Closes the editor and leaves the work on the device. */
export function putAway(): void {
  keepNow();
  stopEditing();
}

/** Goes on where the work was left, with its steps to undo. A piece that waited alone is taken in hand. */
export function continueDraft(draft: Draft): void {
  const [first, ...rest] = draft.session.tray;
  batch(() => {
    startEditing(draft.mineId, draft.seenLandRevision, draft.replaces);
    form.value = draft.form;
    session.value = reduceEdit(session.peek(), { type: 'resume', session: draft.session });
    if (draft.session.rings.length === 0 && first !== undefined) {
      const rings = toRings(first.geometry, newRingId);
      session.value = reduceEdit(session.peek(), { type: 'start', rings, tray: rest });
    }
    selectedRing.value = session.peek().rings[0]?.id ?? null;
    tool.value = 'select';
    waitingDraft.value = null;
  });
}

/** Throws the work away, on purpose. */
export function discardDraft(draft: Pick<Draft, 'accountId' | 'mineId'>): Promise<unknown> {
  waitingDraft.value = null;
  return inTurn(kept => kept.remove(draft.accountId, draft.mineId));
}

/** Throws away what is being drawn, and closes the editor. */
export function discardDrawing(): void {
  const what = subject.peek();
  const accountId = owner;
  // First thrown away, then closed: closing looks for drafts, and must not find this one.
  if (what !== null && accountId !== undefined) void discardDraft({ accountId, mineId: what.mineId });
  stopEditing();
}

/** After a save: the draft goes; pieces that were set aside stay for the next event. Before the editor is closed. */
export function draftAfterSave(): void {
  const what = subject.peek();
  const { tray } = session.peek();
  const accountId = owner;
  if (what === null || accountId === undefined) return;
  if (tray.length === 0) void inTurn(kept => kept.remove(accountId, what.mineId));
  else {
    const draft: Draft = {
      accountId,
      mineId: what.mineId,
      keptAt: new Date().toISOString(),
      replaces: null,
      seenLandRevision: undefined,
      form: { ...freshForm(), effectiveOn: form.peek().effectiveOn, scope: form.peek().scope },
      session: { rings: [], tray, past: [], future: [] },
    };
    void inTurn(kept => kept.write(draft));
  }
}
