import { computed } from '@preact/signals';
import type { Box } from '../../gis/types.ts';
import * as api from '../api/mines.ts';
import type { RateCode } from '../api/shapes/codes.ts';
import type { GroupedRestoration } from '../api/shapes/land.ts';
import { account, dataVersion } from './access/session.ts';
import { endOfYear, yearOf } from './calendar.ts';
import { resource } from './resource.ts';
import { basis, groupBy, mineId, rateCode } from './selection.ts';
import { settledAsAt, yearEnds } from './time.ts';

const viewerKey = (): string => `${account.value?.id ?? 'public'}.${dataVersion.value}`;

export const mines = resource({ key: viewerKey, load: (_key, signal) => api.listMines(signal), keeps: () => true });
export const organisations = resource({
  key: viewerKey,
  load: (_key, signal) => api.listOrganisations(signal),
  keeps: () => true,
});

/** One row a mine at the chosen date: what the markers and the total show. */
export const ratesByMine = resource({
  key: () => ({ asAt: settledAsAt.value, basis: basis.value, viewer: viewerKey() }),
  load: ({ asAt, basis }, signal) => api.listGroupedRestoration({ groupBy: 'mine', asAt, basis }, signal),
  keeps: () => true,
});

/** Rows of the overview table, by the chosen grouping. */
export const groupedRates = resource({
  key: () =>
    mineId.value !== null || groupBy.value === 'mine'
      ? null
      : { groupBy: groupBy.value, asAt: settledAsAt.value, basis: basis.value, viewer: viewerKey() },
  load: ({ groupBy, asAt, basis }, signal) => api.listGroupedRestoration({ groupBy, asAt, basis }, signal),
  keeps: (before, after) => before.groupBy === after.groupBy,
});

/** The total at the last year ends before the chosen date, for the small trend of the overview. */
export const yearlyTotals = resource({
  key: () => {
    const ends = yearEnds.value.filter(end => end <= endOfYear(yearOf(settledAsAt.value))).slice(-6);
    return mineId.value === null && ends.length > 0 ? { ends, basis: basis.value, viewer: viewerKey() } : null;
  },
  load: ({ ends, basis }, signal) =>
    Promise.all(
      ends.map(async asAt => {
        const rows = await api.listGroupedRestoration({ groupBy: 'mine', asAt, basis }, signal);
        return { asAt, total: total(rows, 'RR1') };
      }),
    ),
  keeps: () => true,
});

export interface RateTotal {
  readonly value: number | null;
  readonly numeratorM2: number;
  readonly denominatorM2: number;
}

/** Sum over sum, never a mean of rates: large mines weigh what they weigh. */
export function total(rows: readonly GroupedRestoration[], code: RateCode): RateTotal {
  let numeratorM2 = 0;
  let denominatorM2 = 0;
  for (const { rates } of rows) {
    numeratorM2 += rates[code]?.numeratorM2 ?? 0;
    denominatorM2 += rates[code]?.denominatorM2 ?? 0;
  }
  return { value: denominatorM2 > 0 ? numeratorM2 / denominatorM2 : null, numeratorM2, denominatorM2 };
}

export const groupTotal = computed(() => total(ratesByMine.data.value ?? [], rateCode.value));

/** The grouped row of each mine, found by id or by code, whichever the server uses as key. */
export const rateOfMine = computed(() => {
  const byKey = new Map((ratesByMine.data.value ?? []).map(row => [row.key, row]));
  return (mine: { readonly id: number; readonly code: string }): GroupedRestoration | undefined =>
    byKey.get(mine.code) ?? byKey.get(String(mine.id));
});

export const selectedSummary = computed(() => mines.data.value?.find(mine => mine.id === mineId.value));

/** The box around every mine, or undefined where there is none. */
export function boxAround(all: readonly (Box | null)[]): Box | undefined {
  const boxes = all.filter(box => box !== null);
  if (boxes.length === 0) return undefined;
  return [
    Math.min(...boxes.map(box => box[0])),
    Math.min(...boxes.map(box => box[1])),
    Math.max(...boxes.map(box => box[2])),
    Math.max(...boxes.map(box => box[3])),
  ];
}
