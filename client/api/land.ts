import type { IsoDate, Polygonal } from '../../gis/types.ts';
import { get, getAll, send } from './client.ts';
import type { Basis, Scope } from './shapes/codes.ts';
import type {
  LandEvent,
  LandEventDraft,
  LandPreview,
  ListedFinding,
  Partition,
  PublishedPeriod,
  Restoration,
  Restatement,
  RestorationPeriod,
  SavedLandEvent,
} from './shapes/land.ts';

const room = (mineId: number, rest: string): string => `/api/v1/mines/${mineId}/${rest}`;

export interface RateQuery {
  readonly basis: Basis;
  /** Sent only where it differs from the server's own choice. */
  readonly scope: readonly Scope[];
}

const rateQuery = ({ basis, scope }: RateQuery): { basis: Basis; scope: string | undefined } => ({
  basis,
  scope: scope.length === 0 ? undefined : scope.join(','),
});

export const getRestoration = (
  mineId: number,
  asAt: IsoDate,
  rate: RateQuery,
  signal: AbortSignal,
): Promise<Restoration> => get(room(mineId, 'restoration'), { asAt, ...rateQuery(rate) }, signal);

export async function getSeries(
  mineId: number,
  period: { from: IsoDate; to: IsoDate },
  rate: RateQuery,
  signal: AbortSignal,
): Promise<readonly RestorationPeriod[]> {
  const query = { ...period, step: 'year', ...rateQuery(rate) };
  return (await get<{ items: readonly RestorationPeriod[] }>(room(mineId, 'restoration/series'), query, signal)).items;
}

export const getPartition = (mineId: number, asAt: IsoDate, signal: AbortSignal): Promise<Partition> =>
  get(room(mineId, 'land'), { asAt }, signal);
export const listLandEvents = (mineId: number, signal: AbortSignal): Promise<readonly LandEvent[]> =>
  getAll(room(mineId, 'land-events'), {}, signal);
export const listFindings = (mineId: number, asAt: IsoDate, signal: AbortSignal): Promise<readonly ListedFinding[]> =>
  getAll(room(mineId, 'findings'), { asAt }, signal);

export const listPublishedPeriods = (mineId: number, signal: AbortSignal): Promise<readonly PublishedPeriod[]> =>
  getAll(room(mineId, 'published-periods'), {}, signal);
export const listRestatements = async (mineId: number, signal: AbortSignal): Promise<readonly Restatement[]> =>
  (await get<{ items: readonly Restatement[] }>(room(mineId, 'restatements'), {}, signal)).items;
export const publishPeriod = (mineId: number, asAt: IsoDate): Promise<PublishedPeriod> =>
  send('POST', room(mineId, 'published-periods'), { body: { asAt } });

const feature = (geometry: Polygonal, properties: LandEventDraft) => ({ type: 'Feature', geometry, properties });

export const previewLandEvent = (
  mineId: number,
  geometry: Polygonal,
  draft: LandEventDraft,
  signal: AbortSignal,
): Promise<LandPreview> =>
  send('POST', room(mineId, 'land-events/preview'), { body: feature(geometry, draft), signal });

/** `landRevision` undefined = save whatever happened meanwhile; given and stale = problem `stale-revision`. */
export const saveLandEvent = (
  mineId: number,
  geometry: Polygonal,
  draft: LandEventDraft,
  landRevision: number | undefined,
  idempotencyKey?: string,
): Promise<SavedLandEvent> =>
  send('POST', room(mineId, 'land-events'), {
    body: feature(geometry, draft),
    ifMatch: landRevision,
    idempotencyKey,
  });

export const retractLandEvent = (mineId: number, event: LandEvent, reason: string): Promise<LandEvent> =>
  send('POST', room(mineId, `land-events/${event.id}/retract`), { body: { reason }, ifMatch: event.revision });
