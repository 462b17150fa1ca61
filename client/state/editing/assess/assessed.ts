import { batch, computed, effect, signal } from '@preact/signals';
import { hasErrors } from '../../../../gis/geometry/validate.ts';
import type { Issue } from '../../../../gis/types.ts';
import type { Key } from '../../../i18n/t.ts';
import { partition } from '../../mine/land.ts';
import { boundaries, habitats } from '../../mine/places.ts';
import { SETTLED_BY_JOINING } from '../measure.ts';
import type { EditRing } from '../rings.ts';
import { form, liveRings, session, subject } from '../store.ts';
import { assess, NO_SURROUNDINGS, NOTHING_ASSESSED, type Assessment, type Surroundings } from './assess.ts';
import { Desk, deskHelper } from './desk.ts';
import type { Fix, FixKind } from './fixes.ts';

/** Corners up to which a drawing is measured between two frames; larger ones are measured beside the page. */
const AT_ONCE = 400;
/** Remedies are looked for once the hand rests. */
const REST_MS = 350;

/** Outlines inside of which land counts as the mine's, as the ledger counts it. */
const LAND_KINDS: ReadonlySet<string> = new Set(['LICENCE', 'SURFRIGHT', 'RESP']);

/** What this viewer knows around the drawing. Boundaries are those valid on the date of the event. */
const surroundings = computed<Surroundings>(() => {
  if (subject.value === null) return NO_SURROUNDINGS;
  const day = form.value.effectiveOn;
  const outlines = (boundaries.data.value ?? []).filter(({ kind }) => LAND_KINDS.has(kind));
  return {
    allowed:
      outlines.length === 0
        ? null
        : outlines
            .filter(({ validFrom, validTo }) => validFrom <= day && (validTo === null || validTo > day))
            .map(({ geometry }) => geometry),
    habitats: (habitats.data.value ?? []).flatMap(({ geometry }) => geometry ?? []),
    cells: (partition.data.value?.features ?? []).map(({ geometry }) => geometry),
  };
});

interface Answered<T> {
  readonly rings: readonly EditRing[];
  readonly around: Surroundings;
  readonly found: T;
}

const measuredAside = signal<Answered<Assessment> | null>(null);
const fixesFound = signal<Answered<readonly Fix[]> | null>(null);

const cornersOf = (rings: readonly EditRing[]): number => rings.reduce((sum, ring) => sum + ring.positions.length, 0);
const isLarge = computed(() => typeof Worker !== 'undefined' && cornersOf(liveRings.value) > AT_ONCE);

/** The drawing's size and faults: of this moment where it is small, else of a moment ago until the answer is there. */
export const measured = computed<Assessment>(() => {
  if (!isLarge.value) return assess(liveRings.value, surroundings.value);
  return measuredAside.value?.found ?? NOTHING_ASSESSED;
});

/** Whether the figures are those of the drawing as it is now. */
export const isMeasured = computed(
  () =>
    !isLarge.value ||
    (measuredAside.value?.rings === liveRings.value && measuredAside.value.around === surroundings.value),
);

/** Resolves once the figures are those of the drawing as it is. */
export async function whenMeasured(): Promise<void> {
  if (isMeasured.peek()) return;
  await new Promise<void>(done => {
    const end = effect(() => {
      if (!isMeasured.value) return;
      done();
      queueMicrotask(() => end());
    });
  });
}

/** Remedies for the drawing as it is now; none while it changes. */
export const fixes = computed<readonly Fix[]>(() =>
  fixesFound.value !== null && fixesFound.value.rings === liveRings.value ? fixesFound.value.found : [],
);

/** A fault with the remedy that is at hand for it. */
export interface FixableIssue extends Issue {
  readonly fix?: Fix | undefined;
}

const FIX_OF_CODE: Readonly<Record<string, FixKind>> = { 'outside-boundary': 'clip' };
const CODE_OF_FIX: Readonly<Partial<Record<FixKind, string>>> = { 'fill-gaps': 'gap', 'drop-slivers': 'sliver' };

/** Everything that speaks against the drawing, with remedies where there are any. */
export const issues = computed<readonly FixableIssue[]>(() => {
  const byKind = new Map(fixes.value.map(fix => [fix.kind, fix]));
  const known = measured.value.issues.map((issue): FixableIssue => {
    const isRepaired = issue.severity === 'error' || SETTLED_BY_JOINING.has(issue.code);
    const kind = isRepaired ? 'repair' : FIX_OF_CODE[issue.code];
    const fix = kind && byKind.get(kind);
    return fix === undefined ? issue : { ...issue, fix };
  });
  const found = fixes.value.flatMap(fix =>
    fix.spots.map((position): FixableIssue => ({
      code: CODE_OF_FIX[fix.kind] ?? fix.kind,
      severity: 'warning',
      position,
      fix,
    })),
  );
  return [...known, ...found];
});

/** Why the drawing cannot be saved yet, as a key; null = it can. */
export const blocked = computed<Extract<Key, `edit.blocked.${string}`> | null>(() => {
  if (session.value.rings.length === 0) return 'edit.blocked.empty';
  if (!isMeasured.value) return 'edit.blocked.measuring';
  if (hasErrors(measured.value.issues) || measured.value.geometry === undefined) return 'edit.blocked.issues';
  if (form.value.stage === '') return 'edit.blocked.stage';
  return form.value.effectiveOn === '' ? 'edit.blocked.date' : null;
});

/** Begins to follow the drawing. Called once at start. */
export function startAssessing(desk = new Desk(deskHelper())): void {
  effect(() => {
    const [rings, around] = [liveRings.value, surroundings.value];
    if (!isLarge.value) return;
    // Cells are for remedies only, and large: sending them along would cost more than the measuring.
    void desk.ask({ rings, around: { ...around, cells: [] }, wantsFixes: false }).then(answer => {
      if (answer !== undefined) measuredAside.value = { rings, around, found: answer.assessment };
    });
  });
  let timer: ReturnType<typeof setTimeout> | undefined;
  effect(() => {
    const [rings, around] = [liveRings.value, surroundings.value];
    clearTimeout(timer);
    if (subject.value === null || rings.length === 0) return;
    timer = setTimeout(() => {
      void desk.ask({ rings, around, wantsFixes: true }).then(answer => {
        if (answer === undefined) return;
        batch(() => {
          // It may have overtaken the question for the figures of the same drawing: it answers that one, too.
          measuredAside.value = { rings, around, found: answer.assessment };
          if (answer.fixes !== null) fixesFound.value = { rings, around, found: answer.fixes };
        });
      });
    }, REST_MS);
  });
}
