import { batch, effect, signal } from '@preact/signals';
import type { Box } from '../../gis/types.ts';
import { toProblem, type ApiProblem } from '../api/problem.ts';
import { loadSession, settings } from './access/session.ts';
import { startAssessing } from './editing/assess/assessed.ts';
import { startDrafting } from './editing/draft/drafting.ts';
import { startPreviews } from './editing/saving.ts';
import { landEvents, partition } from './mine/land.ts';
import { mine } from './mine/places.ts';
import { boxAround, mines, selectedSummary } from './mines.ts';
import { startResources } from './resource.ts';
import { mineId } from './selection.ts';
import { asAt, eventDates, lastDay, reachBack, setAsAt, settledAsAt, startTime } from './time.ts';
import { followUrl, readPlace, readUrl } from './url.ts';
import { CHINA, followWidth, showBox } from './view.ts';

export const booted = signal<'starting' | 'ready' | ApiProblem>('starting');

/** Reads link and session, sets the date, then lets everything follow. */
export async function boot(): Promise<void> {
  booted.value = 'starting';
  try {
    await loadSession();
  } catch (error) {
    booted.value = toProblem(error);
    return;
  }
  const linked = readPlace(location.search);
  const latest = settings.value?.periods.latestPublishedAsAt ?? lastDay.value;
  batch(() => {
    readUrl();
    if (linked.asAt === null) setAsAt(latest);
    settledAsAt.value = asAt.value;
  });
  followWidth();
  startTime();
  startResources();
  startAssessing();
  startDrafting();
  startPreviews();
  followEvents();
  followCamera(linked.camera !== null);
  followUrl(latest);
  booted.value = 'ready';
}

/** The slider knows the dates of the ledger that is open. */
function followEvents(): void {
  effect(() => {
    const events = landEvents.data.value?.filter(event => event.retractedAt === null).map(event => event.effectiveOn);
    // Whoever may not read events still sees since when the land that is there has been so.
    const since = partition.data.value?.features.map(cell => cell.properties.since);
    const dates = mineId.value === null ? [] : [...new Set(events ?? since ?? [])].sort();
    eventDates.value = dates;
    const [first] = dates;
    if (first !== undefined) reachBack(first);
  });
}

/** Opening a mine shows it; leaving it, or a link to one that is not there, shows all. A link's own camera goes first. */
function followCamera(linkHasCamera: boolean): void {
  let shown: number | null | undefined = linkHasCamera ? mineId.peek() : undefined;
  effect(() => {
    const summary = selectedSummary.value;
    const id = mineId.value;
    const asked = mine.state.value;
    const isAbsent = asked.status === 'error' && asked.problem.code === 'not-found';
    if (id === shown) return;
    if (id === null || (isAbsent && summary === undefined)) {
      const all = boxAround(mines.data.value?.map(one => one.bbox) ?? []);
      if (all === undefined) return;
      shown = id;
      showBox(isWithin(all, CHINA) ? CHINA : all, 6);
    } else if (summary !== undefined) {
      shown = id;
      if (summary.bbox !== null) showBox(summary.bbox, 16);
    }
  });
}

const isWithin = (inner: Box, outer: Box): boolean =>
  inner[0] >= outer[0] && inner[1] >= outer[1] && inner[2] <= outer[2] && inner[3] <= outer[3];
