import { computed } from '@preact/signals';
import type { ApiProblem } from '../../api/problem.ts';
import type { Issue, Position } from '../../../gis/types.ts';
import { previewProblem, saveProblem } from './saving.ts';
import { issues } from './assess/assessed.ts';
import { subject } from './store.ts';

/** A spot of the map where something about the drawing is wrong. */
export interface EditMark {
  readonly position: Position;
  readonly severity: 'error' | 'warning' | 'info';
  /** The number of the fault in the list beside the map; `!` for what the server refused. */
  readonly label: string;
  /** What is wrong there; absent for what the server refused. */
  readonly issue?: Issue | undefined;
}

/** Where a refusal lies, each spot once: `params.position` and the positions of its details. `[lng, lat]`. */
export function positionsOf(problem: ApiProblem | null): readonly Position[] {
  if (problem === null) return [];
  const found = [problem.params['position'], ...problem.errors.map(error => error.position)].filter(isPosition);
  return [...new Map(found.map(position => [position.join(), position])).values()];
}

/** Everything that is marked on the map while somebody draws. */
export const editMarks = computed<readonly EditMark[]>(() => {
  if (subject.value === null) return [];
  const faults = issues.value.flatMap((issue, index): EditMark[] =>
    issue.position === undefined
      ? []
      : [{ position: issue.position, severity: issue.severity, label: String(index + 1), issue }],
  );
  const refused = positionsOf(saveProblem.value ?? previewProblem.value).map((position): EditMark => ({
    position,
    severity: 'error',
    label: '!',
  }));
  return [...faults, ...refused];
});

const isPosition = (value: unknown): value is Position =>
  Array.isArray(value) && value.length >= 2 && value.every(part => typeof part === 'number' && Number.isFinite(part));
