import { computed } from '@preact/signals';
import * as api from '../../api/land.ts';
import type { Stage } from '../../api/shapes/codes.ts';
import type { LandCell } from '../../api/shapes/land.ts';
import { mayReadEvents } from '../access/permissions.ts';
import { account, dataVersion } from '../access/session.ts';
import { endOfYear, yearOf } from '../calendar.ts';
import { mines, organisations, selectedSummary } from '../mines.ts';
import { resource } from '../resource.ts';
import { basis, mineId, scope } from '../selection.ts';
import { settledAsAt } from '../time.ts';

const mineKey = () =>
  mineId.value === null
    ? null
    : { mineId: mineId.value, viewer: `${account.value?.id ?? 'public'}.${dataVersion.value}` };
const sameMine = (before: { mineId: number }, after: { mineId: number }): boolean => before.mineId === after.mineId;
const withMine = <T extends object>(extra: () => T) => {
  const key = mineKey();
  return key === null ? null : { ...key, ...extra() };
};
const rate = () => ({ basis: basis.value, scope: scope.value });

export const restoration = resource({
  key: () => withMine(() => ({ asAt: settledAsAt.value, ...rate() })),
  load: ({ mineId, asAt, ...rate }, signal) => api.getRestoration(mineId, asAt, rate, signal),
  keeps: sameMine,
});

const SERIES_YEARS = 8;

/** Year by year up to the chosen date's year: the chart of rates and the reconciliation table. */
export const series = resource({
  key: () =>
    withMine(() => {
      const year = yearOf(settledAsAt.value);
      return { from: endOfYear(year - SERIES_YEARS), to: endOfYear(year), ...rate() };
    }),
  load: ({ mineId, from, to, ...rate }, signal) => api.getSeries(mineId, { from, to }, rate, signal),
  keeps: sameMine,
});

export const partition = resource({
  key: () => withMine(() => ({ asAt: settledAsAt.value })),
  load: ({ mineId, asAt }, signal) => api.getPartition(mineId, asAt, signal),
  keeps: sameMine,
});

/** Whether the viewer may read single events of the open mine; undefined until its owner is known. */
export const eventsReadable = computed<boolean | undefined>(() => {
  if (account.value === null) return false;
  const isKnown = [mines, organisations].every(
    ({ data, state }) => data.value !== undefined || state.value.status === 'error',
  );
  if (!isKnown) return undefined;
  return mayReadEvents(account.value, selectedSummary.value?.organisationCode, organisations.data.value ?? []);
});

/** Events belong to the working ledger: whoever may not read it does not ask. */
export const landEvents = resource({
  key: () => (eventsReadable.value === true ? mineKey() : null),
  load: ({ mineId }, signal) => api.listLandEvents(mineId, signal),
  keeps: sameMine,
});

/** What the rules noticed about the working ledger up to the chosen date; asked for by whoever may read it. */
export const findings = resource({
  key: () => (eventsReadable.value === true ? withMine(() => ({ asAt: settledAsAt.value })) : null),
  load: ({ mineId, asAt }, signal) => api.listFindings(mineId, asAt, signal),
  keeps: sameMine,
});

export const publishedPeriods = resource({
  key: mineKey,
  load: ({ mineId }, signal) => api.listPublishedPeriods(mineId, signal),
  keeps: sameMine,
});

/** Published periods that the ledger tells otherwise today; asked for by whoever may read it. */
export const restatements = resource({
  key: () => (eventsReadable.value === true ? mineKey() : null),
  load: ({ mineId }, signal) => api.listRestatements(mineId, signal),
  keeps: sameMine,
});

/** Cells of the open mine by stage, largest first. */
export const cellsByStage = computed<ReadonlyMap<Stage, readonly LandCell[]>>(() => {
  const groups = new Map<Stage, LandCell[]>();
  for (const cell of partition.data.value?.features ?? []) {
    const group = groups.get(cell.properties.stage);
    if (group === undefined) groups.set(cell.properties.stage, [cell]);
    else group.push(cell);
  }
  for (const group of groups.values()) group.sort((a, b) => b.properties.areaM2 - a.properties.areaM2);
  return groups;
});
