import { can } from '../../accounts/policy.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { LedgerView } from './ledger-view.ts';
import { hasChangedSince, type MineFacts } from './partition.repository.ts';

export interface ViewQuery {
  readonly asAt?: string | undefined;
  readonly knownAt?: string | undefined;
}

/**
 * Working ledger for whoever may read it, else the newest published period with the date held to its last day, else nothing.
 * `asAt` defaults to today in UTC, for the public to the last day published.
 * @throws AppError `known-at-not-public` for the public, `known-at-not-yours` for who is signed in and may not read this ledger
 */
export async function resolveView(
  db: Queryable,
  viewer: Viewer,
  mine: MineFacts,
  query: ViewQuery,
  today: string,
): Promise<LedgerView> {
  if (can(viewer, 'land.readWorking', { organisationId: mine.organisationId })) {
    const asAt = query.asAt ?? today;
    const { knownAt } = query;
    if (knownAt === undefined) return { source: 'working', mineId: mine.mineId, asAt, knownAt: null };
    const changed = await hasChangedSince(db, mine.mineId, knownAt);
    return { source: changed ? 'known' : 'working', mineId: mine.mineId, asAt, knownAt };
  }
  if (query.knownAt !== undefined) {
    throw new AppError(viewer.role === 'public' ? 'known-at-not-public' : 'known-at-not-yours');
  }
  if (mine.periodId === null || mine.periodAsAt === null) return { source: 'none', asAt: query.asAt ?? today };
  const asAt = query.asAt !== undefined && query.asAt < mine.periodAsAt ? query.asAt : mine.periodAsAt;
  return { source: 'published', periodId: mine.periodId, asAt };
}
