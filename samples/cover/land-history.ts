import { claimsWorks, stageRank, type StageCode } from '../../gis/ledger/stages.ts';
import { isReclaimed } from '../../gis/ledger/areas.ts';
import type { Basis, Scope } from '../../gis/ledger/vocabulary.ts';
import type { IsoDate } from '../../gis/types.ts';
import type { SampleLandEvent } from '../model.ts';
import { coverTable, type CoverRow } from './cover-table.ts';

/** Ground with one common history: the events that covered it, oldest first. */
export interface LandHistory {
  readonly events: readonly SampleLandEvent[];
  readonly rows: readonly CoverRow[];
}

/** @param events in the order of their dates */
export function landHistory(events: readonly SampleLandEvent[]): LandHistory {
  return { events, rows: coverTable(events.map(event => event.geometry)) };
}

/** The event that decides what ground is at the end of a day. */
function latestEvent(history: LandHistory, row: CoverRow, asAt: IsoDate): SampleLandEvent | undefined {
  return row.covering
    .map(index => history.events[index]!)
    .filter(event => event.effectiveOn <= asAt)
    .at(-1);
}

/** Area by stage and scope at the end of a day, m2. */
export function stageAreas(history: LandHistory, asAt: IsoDate, scope: Scope = 'LIC'): Map<StageCode, number> {
  const areas = new Map<StageCode, number>();
  for (const row of history.rows) {
    const event = latestEvent(history, row, asAt);
    if (event?.scope === scope) areas.set(event.stage, (areas.get(event.stage) ?? 0) + row.areaM2);
  }
  return areas;
}

/** Gross footprint and reclaimed area of scope LIC at the end of a day, m2. */
export function grossAndReclaimed(
  history: LandHistory,
  asAt: IsoDate,
  basis: Basis = 'A',
): { grossM2: number; reclaimedM2: number } {
  const areas = [...stageAreas(history, asAt)];
  const sum = (chosen: (stage: StageCode) => boolean): number =>
    areas.reduce((total, [stage, areaM2]) => total + (chosen(stage) ? areaM2 : 0), 0);
  return { grossM2: sum(stage => stageRank(stage) >= 1), reclaimedM2: sum(stage => isReclaimed(stage, basis)) };
}

export interface HistoryFault {
  readonly code: 'reclaimed-before-disturbed' | 'backward-without-reason' | 'certified-land-taken';
  readonly event: string;
  readonly before: string | null;
  readonly areaM2: number;
}

/** Moves that the ledger would refuse, with the area concerned, largest first. */
export function historyFaults(history: LandHistory): HistoryFault[] {
  const faults = new Map<string, { fault: HistoryFault; areaM2: number }>();
  const note = (fault: Omit<HistoryFault, 'areaM2'>, areaM2: number): void => {
    const key = `${fault.code}|${fault.event}|${fault.before}`;
    const known = faults.get(key);
    if (known) known.areaM2 += areaM2;
    else faults.set(key, { fault: { ...fault, areaM2: 0 }, areaM2 });
  };
  for (const row of history.rows) {
    let before: SampleLandEvent | undefined;
    let disturbed = false;
    for (const index of row.covering) {
      const event = history.events[index]!;
      if (claimsWorks(event.stage) && !disturbed) {
        note({ code: 'reclaimed-before-disturbed', event: event.key, before: before?.key ?? null }, row.areaM2);
      }
      if (before && stageRank(event.stage) < stageRank(before.stage)) {
        if (!event.reason) note({ code: 'backward-without-reason', event: event.key, before: before.key }, row.areaM2);
        if (before.stage === 'CRT')
          note({ code: 'certified-land-taken', event: event.key, before: before.key }, row.areaM2);
      }
      disturbed ||= event.stage === 'CLR' || event.stage === 'DST';
      before = event;
    }
  }
  return [...faults.values()].map(({ fault, areaM2 }) => ({ ...fault, areaM2 })).sort((a, b) => b.areaM2 - a.areaM2);
}
