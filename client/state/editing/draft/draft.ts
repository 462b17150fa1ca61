import type { LandEvent } from '../../../api/shapes/land.ts';
import type { EditSession, EditStep } from '../edit-session.ts';
import type { EventForm } from '../store.ts';

/** Unsaved work of one account on one mine, as it is kept on the device. */
export interface Draft {
  readonly accountId: number;
  readonly mineId: number;
  /** When it was last kept, ISO with Z. */
  readonly keptAt: string;
  readonly replaces: LandEvent | null;
  readonly seenLandRevision: number | undefined;
  readonly form: EventForm;
  readonly session: EditSession;
}

/** Corners that the kept steps may have together: undo after a reload is worth some space, not all of it. */
const MAX_HISTORY_CORNERS = 60_000;

export const isWorthKeeping = ({ rings, tray }: EditSession): boolean => rings.length > 0 || tray.length > 0;

/** The session with as many of its last steps as may be kept; the drawing itself always whole. */
export function forKeeping(session: EditSession): EditSession {
  return { ...session, past: recent(session.past), future: recent([...session.future].reverse()).reverse() };
}

function recent(steps: readonly EditStep[]): EditStep[] {
  let left = MAX_HISTORY_CORNERS;
  const kept: EditStep[] = [];
  for (const step of steps.toReversed()) {
    left -= step.before.rings.reduce((sum, ring) => sum + ring.positions.length, 0);
    if (left < 0) break;
    kept.unshift(step);
  }
  return kept;
}
