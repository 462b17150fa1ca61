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
import type { IsoDate, Polygonal } from '../../../gis/types.ts';
import { focus, openStage } from '../selection.ts';
import { asAt } from '../time.ts';
import { showBox } from '../view.ts';
import { today } from '../calendar.ts';
import { EMPTY_SESSION, reduceEdit, type EditAction } from './edit-session.ts';
import { toRings, type EditRing } from './rings.ts';
import type { ShapeFault } from './shaping/shaped.ts';

const EDIT_TOOLS = [
  'draw',
  'hole',
  'rectangle',
  'trace',
  'select',
  'move',
  'split',
  'merge',
  'cut-out',
  'clip',
  'offset',
  'copy',
] as const;
/** What the hand does on the map, or which command's settings stand open. */
export type EditTool = (typeof EDIT_TOOLS)[number];

export interface EditSubject {
  readonly mineId: number;
  /** The event that is corrected: saving replaces it. Null = a new event. */
  readonly replaces: LandEvent | null;
}

/** One corner of the drawing, for keys and the coordinate table. */
export interface Corner {
  readonly ringId: string;
  readonly index: number;
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
export const tool = signal<EditTool>('draw');
export const selectedRing = signal<string | null>(null);
export const selectedCorner = signal<Corner | null>(null);
/** Rings as a hand is moving them just now; they become a step when it lets go. */
export const heldRings = signal<readonly EditRing[] | null>(null);
/** The ring that is being drawn, from its third corner on. */
export const strokeRing = signal<EditRing | null>(null);
/** Why the last command did nothing; gone with the next one that does. */
export const shapeFault = signal<ShapeFault | null>(null);
export const form = signal<EventForm>(freshForm());
/** Revision of the mine's ledger that the person has seen: sent as If-Match. */
export const seenLandRevision = signal<number | undefined>(undefined);

/** The drawing as it is seen this moment, also in the middle of a movement. */
export const liveRings = computed<readonly EditRing[]>(() => {
  const held = heldRings.value;
  if (held === null) return session.value.rings;
  const moved = new Map(held.map(ring => [ring.id, ring]));
  return session.value.rings.map(ring => moved.get(ring.id) ?? ring);
});
/** The rings as they lie under the hand between two steps: a polygon half drawn, a corner on its way. Null = as the session has them. */
export const sketch = computed<readonly EditRing[] | null>(() => {
  const stroke = strokeRing.value;
  if (heldRings.value === null && stroke === null) return null;
  return stroke === null ? liveRings.value : [...liveRings.value, stroke];
});
export const canUndo = computed(() => session.value.past.at(-1)?.label);
export const canRedo = computed(() => session.value.future[0]?.label);

export const newRingId = (): string => crypto.randomUUID();

export function dispatch(action: EditAction): void {
  batch(() => {
    session.value = reduceEdit(session.value, action);
    heldRings.value = null;
    strokeRing.value = null;
    shapeFault.value = null;
    const { rings } = session.value;
    if (!rings.some(ring => ring.id === selectedRing.value)) selectedRing.value = rings[0]?.id ?? null;
    const corner = selectedCorner.value;
    const length = rings.find(ring => ring.id === corner?.ringId)?.positions.length ?? 0;
    if (corner !== null && corner.index >= length) selectedCorner.value = null;
  });
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
export function showPolygon(geometry: Polygonal): void {
  const [west, south, east, north] = bbox(geometry as unknown as Parameters<typeof bbox>[0]);
  const margin = Math.max(east - west, north - south) * 0.25;
  showBox([west - margin, south - margin, east + margin, north + margin], 17);
}

export function stopEditing(): void {
  batch(() => {
    subject.value = null;
    selectedRing.value = null;
    selectedCorner.value = null;
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

export function freshForm(): EventForm {
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
