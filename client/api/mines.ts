import type { IsoDate } from '../../gis/types.ts';
import { get, getAll } from './client.ts';
import type { Basis, Grouping } from './shapes/codes.ts';
import type { GroupedRestoration } from './shapes/land.ts';
import type { Boundary, Facility, Mine, MineSummary, Organisation } from './shapes/mines.ts';

const one = (mineId: number): string => `/api/v1/mines/${mineId}`;

export const listMines = (signal: AbortSignal): Promise<readonly MineSummary[]> => getAll('/api/v1/mines', {}, signal);
export const listOrganisations = (signal: AbortSignal): Promise<readonly Organisation[]> =>
  getAll('/api/v1/organisations', {}, signal);
export const getMine = (mineId: number, signal: AbortSignal): Promise<Mine> => get(one(mineId), {}, signal);
export const listBoundaries = (mineId: number, signal: AbortSignal): Promise<readonly Boundary[]> =>
  getAll(`${one(mineId)}/boundaries`, {}, signal);
export const listFacilities = (mineId: number, signal: AbortSignal): Promise<readonly Facility[]> =>
  getAll(`${one(mineId)}/facilities`, {}, signal);

export async function listGroupedRestoration(
  query: { groupBy: Grouping; asAt: IsoDate; basis: Basis },
  signal: AbortSignal,
): Promise<readonly GroupedRestoration[]> {
  const answer = await get<{ items: readonly GroupedRestoration[] }>('/api/v1/restoration', query, signal);
  return answer.items;
}
