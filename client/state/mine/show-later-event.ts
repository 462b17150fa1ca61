import { batch } from '@preact/signals';
import type { ApiProblem } from '../../api/problem.ts';
import { bumpData } from '../access/session.ts';
import { positionsOf } from '../editing/marks.ts';
import { focus } from '../selection.ts';
import { setAsAt } from '../time.ts';
import { showBox } from '../view.ts';

/** Degrees around the place that stands in the way. */
const AROUND = 0.0015;

/** The id of the event that a refused change would break; undefined where the refusal is about something else. */
export function laterEventOf({ code, params }: ApiProblem): number | undefined {
  const id = params['eventId'];
  return code === 'breaks-later-event' && typeof id === 'number' ? id : undefined;
}

/** Lights that event on the map on its date, where the rule would break. */
export function showLaterEvent(problem: ApiProblem): void {
  const id = laterEventOf(problem);
  if (id === undefined) return;
  const { effectiveOn } = problem.params;
  const [at] = positionsOf(problem);
  batch(() => {
    // Somebody else may have recorded it since the list was read.
    bumpData();
    if (typeof effectiveOn === 'string') setAsAt(effectiveOn);
    focus.value = { kind: 'event', id };
  });
  if (at !== undefined) showBox([at[0] - AROUND, at[1] - AROUND, at[0] + AROUND, at[1] + AROUND], 18);
}
