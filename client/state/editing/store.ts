import { batch, computed, signal } from '@preact/signals';
import {
  SEVERITIES,
  type DamageType,
  type EvidenceGrade,
  type Reason,
  type Scope,
  type Severity,
  type Stage,
} from '../../api/shapes/codes.ts';
import type { LandEvent } from '../../api/shapes/land.ts';
import { bbox } from '@turf/turf';
import { hasErrors } from '../../../gis/geometry/validate.ts';
import type { IsoDate, Polygonal } from '../../../gis/types.ts';
import type { Key } from '../../i18n/t.ts';
import { focus, openStage } from '../selection.ts';
import { asAt } from '../time.ts';
import { showBox } from '../view.ts';
import { today } from '../calendar.ts';
import { EMPTY_SESSION, reduceEdit, type EditAction } from './edit-session.ts';
import { measureRings } from './measure.ts';
import { toRings, type EditRing } from './rings.ts';

export type EditTool = 'select' | 'draw' | 'hole';

export interface EditSubject {
  readonly mineId: number;
  /** The event that is corrected: saving replaces it. Null = a new event. */
  readonly replaces: LandEvent | null;
}

export interface EventForm {
  readonly stage: Stage | '';
  readonly effectiveOn: IsoDate;
  readonly scope: Scope;
  readonly evidenceGrade: EvidenceGrade;
  readonly reason: Reason | '';
  readonly damageType: DamageType | '';
  readonly severity: Severity | '';
  /** Id of the new right under which certified land is taken again. */
  readonly rightRef: string;
  /** Id of the facility that the land belongs to, as text; empty = none. */
  readonly facilityId: string;
}

/** What is being drawn; null = nobody is drawing. */
export const subject = signal<EditSubject | null>(null);
export const session = signal(EMPTY_SESSION);
/** The rings as they lie under the hand between two steps: a polygon half drawn, a corner on its way. Null = as the session has them. */
export const sketch = signal<readonly EditRing[] | null>(null);
export const tool = signal<EditTool>('draw');
export const selectedRing = signal<string | null>(null);
export const form = signal<EventForm>(freshForm());
/** Revision of the mine's ledger that the person has seen: sent as If-Match. */
export const seenLandRevision = signal<number | undefined>(undefined);

export const measured = computed(() => measureRings(session.value.rings));
export const canUndo = computed(() => session.value.past.at(-1)?.label);
export const canRedo = computed(() => session.value.future[0]?.label);

/** Why the drawing cannot be saved yet, as a key; null = it can. */
export const blocked = computed<Extract<Key, `edit.blocked.${string}`> | null>(() => {
  if (session.value.rings.length === 0) return 'edit.blocked.empty';
  if (hasErrors(measured.value.issues) || measured.value.geometry === undefined) return 'edit.blocked.issues';
  if (form.value.stage === '') return 'edit.blocked.stage';
  return form.value.effectiveOn === '' ? 'edit.blocked.date' : null;
});

export const newRingId = (): string => crypto.randomUUID();

export function dispatch(action: EditAction): void {
  session.value = reduceEdit(session.value, action);
  sketch.value = null;
  if (!session.value.rings.some(ring => ring.id === selectedRing.value))
    selectedRing.value = session.value.rings[0]?.id ?? null;
}

/** Opens the editor with an empty sheet, or with the polygon of an event that is to be corrected. */
export function startEditing(
  mineId: number,
  landRevision: number | undefined,
  replaces: LandEvent | null = null,
): void {
  batch(() => {
    subject.value = { mineId, replaces };
    seenLandRevision.value = landRevision;
    focus.value = null;
    openStage.value = null;
    form.value = replaces === null ? freshForm() : formOf(replaces);
    dispatch({ type: 'start', rings: replaces === null ? [] : toRings(replaces.geometry, newRingId) });
    tool.value = replaces === null ? 'draw' : 'select';
  });
  if (replaces !== null) showPolygon(replaces.geometry);
}

/** Brings what is to be edited before the eyes, with a little land around it. */
function showPolygon(geometry: Polygonal): void {
  const [west, south, east, north] = bbox(geometry as unknown as Parameters<typeof bbox>[0]);
  const margin = Math.max(east - west, north - south) * 0.25;
  showBox([west - margin, south - margin, east + margin, north + margin], 17);
}

export function stopEditing(): void {
  batch(() => {
    subject.value = null;
    selectedRing.value = null;
    dispatch({ type: 'start', rings: [] });
  });
}

/** Puts a pasted polygon in the place of everything drawn so far; one step to undo. */
export function replaceDrawing(geometry: Polygonal): void {
  const remove = session.value.rings.map(ring => ring.id);
  dispatch({ type: 'do', command: { label: 'paste', put: toRings(geometry, newRingId), remove } });
  tool.value = 'select';
  showPolygon(geometry);
}

export function changeForm(change: Partial<EventForm>): void {
  form.value = { ...form.value, ...change };
}

function freshForm(): EventForm {
  const now = today();
  return {
    stage: '',
    effectiveOn: asAt.peek() < now ? asAt.peek() : now,
    scope: 'LIC',
    evidenceGrade: 'E0',
    reason: '',
    damageType: '',
    severity: '',
    rightRef: '',
    facilityId: '',
  };
}

const formOf = (event: LandEvent): EventForm => ({
  stage: event.stage,
  effectiveOn: event.effectiveOn,
  scope: event.scope,
  evidenceGrade: event.evidenceGrade,
  reason: event.reason ?? '',
  damageType: event.damageType ?? '',
  severity: SEVERITIES.find(one => Number(one) === event.severity) ?? '',
  rightRef: event.rightRef ?? '',
  facilityId: event.facilityId === null ? '' : String(event.facilityId),
});
