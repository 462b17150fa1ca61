import { batch, computed, effect, signal } from '@preact/signals';
import * as api from '../../api/land.ts';
import type { Polygonal } from '../../../gis/types.ts';
import { toProblem, type ApiProblem } from '../../api/problem.ts';
import type { Account } from '../../api/shapes/session.ts';
import type { LandEvent, LandEventDraft, LandPreview, SavedLandEvent } from '../../api/shapes/land.ts';
import { account, bumpData, signInOpen } from '../access/session.ts';
import { setAsAt } from '../time.ts';
import { focus, mineId } from '../selection.ts';
import { blocked, measured, whenMeasured } from './assess/assessed.ts';
import { discardDrawing, draftAfterSave } from './draft/drafting.ts';
import { form, seenLandRevision, session, stopEditing, subject, type EventForm } from './store.ts';

/** Others wrote to this ledger while somebody was drawing: what they wrote, and the revision that includes it. */
export interface Conflict {
  readonly currentRevision: number;
  readonly events: readonly LandEvent[];
}

export const saving = signal(false);
export const saveProblem = signal<ApiProblem | null>(null);
export const conflict = signal<Conflict | null>(null);
export const preview = signal<LandPreview | null>(null);
export const previewProblem = signal<ApiProblem | null>(null);
/** What the server had to say about the event that was saved last. */
export const lastSaved = signal<SavedLandEvent | null>(null);

/** A save that waits for its author to sign in again: what was sent, of which account. Null = none waits. */
export const waitsForSignIn = signal<{ readonly whatever: boolean; readonly accountId: number } | null>(null);

/** Whether a new right has to be named, or has been: the drawing covers certified land, or the server asked for it. */
export const asksForRight = computed(
  () =>
    form.value.rightRef !== '' ||
    preview.value?.byStage.some(part => part.stage === 'CRT') === true ||
    [saveProblem.value, previewProblem.value].some(
      problem => problem?.code === 'certified-without-right' || problem?.params['fault'] === 'certified-without-right',
    ),
);

const PREVIEW_AFTER_MS = 500;

export function toDraft(values: EventForm, replaces: LandEvent | null): LandEventDraft | undefined {
  if (values.stage === '') return undefined;
  return {
    stage: values.stage,
    effectiveOn: values.effectiveOn,
    scope: values.scope,
    evidenceGrade: values.evidenceGrade,
    ...(values.reason === '' ? {} : { reason: values.reason }),
    ...(values.damageType === '' ? {} : { damageType: values.damageType }),
    ...(values.severity === '' ? {} : { severity: Number(values.severity) }),
    ...(values.rightRef.trim() === '' ? {} : { rightRef: values.rightRef.trim() }),
    ...(values.facilityId === '' ? {} : { facilityId: Number(values.facilityId) }),
    ...(replaces === null ? {} : { replaces: replaces.id }),
  };
}

/** Asks the server what the drawing would do, a moment after the hand rests. Nothing is stored. */
export function startPreviews(): void {
  effect(() => {
    void mineId.value;
    lastSaved.value = null;
  });
  // A refusal is about the drawing that was sent and who sent it; it ends with the next stroke or sign-in.
  effect(() => {
    void subject.value;
    void session.value;
    void account.value;
    saveProblem.value = null;
  });
  // Whoever goes on drawing decides anew when to save.
  effect(() => {
    void [subject.value, session.value, form.value];
    waitsForSignIn.value = null;
  });
  effect(() => {
    const viewer = account.value;
    const waiting = waitsForSignIn.peek();
    if (waiting === null || viewer === null || viewer === expired) return;
    waitsForSignIn.value = null;
    // Of another account it is put away instead, for its author to find.
    if (viewer.id === waiting.accountId) queueMicrotask(() => void save({ whatever: waiting.whatever }));
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;
  effect(() => {
    clearTimeout(timer);
    running?.abort();
    const what = subject.value;
    const { geometry } = measured.value;
    const draft = toDraft(form.value, what?.replaces ?? null);
    if (what === null || geometry === undefined || draft === undefined || blocked.value !== null) {
      preview.value = null;
      previewProblem.value = null;
      return;
    }
    const controller = new AbortController();
    running = controller;
    timer = setTimeout(() => {
      api.previewLandEvent(what.mineId, geometry, draft, controller.signal).then(
        answer => {
          batch(() => {
            preview.value = answer;
            previewProblem.value = null;
          });
        },
        (error: unknown) => {
          if (controller.signal.aborted) return;
          batch(() => {
            preview.value = null;
            previewProblem.value = toProblem(error);
          });
        },
      );
    }, PREVIEW_AFTER_MS);
  });
}

/**
 * Saves the drawing. With `whatever` the ledger's revision is not compared: the person has seen the conflict and saves
 * all the same. A stale revision opens the conflict with the events that others recorded since.
 */
export async function save(options: { whatever: boolean } = { whatever: false }): Promise<void> {
  await whenMeasured();
  const what = subject.value;
  const { geometry } = measured.value;
  const draft = toDraft(form.value, what?.replaces ?? null);
  if (what === null || geometry === undefined || draft === undefined || saving.value) return;
  saving.value = true;
  saveProblem.value = null;
  try {
    const saved = await api.saveLandEvent(
      what.mineId,
      geometry,
      draft,
      options.whatever ? undefined : seenLandRevision.value,
      deedKey(JSON.stringify([what.mineId, draft, options.whatever, seenLandRevision.value]), geometry),
    );
    unanswered = undefined;
    batch(() => {
      lastSaved.value = saved;
      conflict.value = null;
      draftAfterSave();
      stopEditing();
      bumpData();
      setAsAt(saved.effectiveOn);
      focus.value = { kind: 'event', id: saved.id };
    });
  } catch (error) {
    const problem = toProblem(error);
    // Without an answer it may have been done all the same: only the same deed again is safe.
    if (!IS_SAME_DEED_LATER.has(problem.code)) unanswered = undefined;
    if (problem.code === 'stale-revision') conflict.value = await readConflict(what.mineId, problem);
    else saveProblem.value = problem;
    if (problem.code === 'sign-in-required') waitForSignIn(options.whatever);
  } finally {
    saving.value = false;
  }
}

/** The session has ended: the editor stays as it is, and the save follows the sign-in. */
function waitForSignIn(whatever: boolean): void {
  expired = account.peek();
  if (expired !== null) waitsForSignIn.value = { whatever, accountId: expired.id };
  signInOpen.value = true;
}

/** The account as it was when its session was found to have ended. */
let expired: Account | null = null;
const IS_SAME_DEED_LATER: ReadonlySet<string> = new Set(['network', 'not-json', 'sign-in-required']);

let unanswered: { readonly key: string; readonly about: string; readonly geometry: Polygonal } | undefined;

/** The name of a save: the same one for the same drawing that was sent before and got no answer. */
function deedKey(about: string, geometry: Polygonal): string {
  if (unanswered?.about !== about || unanswered.geometry !== geometry)
    unanswered = { key: crypto.randomUUID(), about, geometry };
  return unanswered.key;
}

async function readConflict(mineId: number, problem: ApiProblem): Promise<Conflict> {
  const ids = new Set((problem.params['conflictingEventIds'] as readonly number[] | undefined) ?? []);
  const events = await api.listLandEvents(mineId, new AbortController().signal).catch(() => []);
  const revision = problem.params['currentRevision'];
  return {
    currentRevision: typeof revision === 'number' ? revision : (seenLandRevision.value ?? 0),
    events: events.filter(event => ids.has(event.id)),
  };
}

/** Keeps the drawing and takes the others' events as seen: the next save compares with the ledger as it is now. */
export function keepEditing(): void {
  batch(() => {
    seenLandRevision.value = conflict.value?.currentRevision ?? seenLandRevision.value;
    conflict.value = null;
    bumpData();
  });
}

/** Lets the drawing go and shows the ledger as it is now. */
export function dropAndReload(): void {
  batch(() => {
    conflict.value = null;
    discardDrawing();
    bumpData();
  });
}

/** Takes an event back, with a reason; it stays in the ledger as retracted. */
export async function retract(mineId: number, event: LandEvent, reason: string): Promise<void> {
  await api.retractLandEvent(mineId, event, reason);
  batch(() => {
    if (lastSaved.value?.id === event.id) lastSaved.value = null;
    if (focus.value?.kind === 'event' && focus.value.id === event.id) focus.value = null;
    bumpData();
  });
}
