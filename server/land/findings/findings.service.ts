import { assertCan } from '../../accounts/policy.ts';
import type { MinesService } from '../../mines/mines.service.ts';
import type { Database } from '../../platform/db/database.ts';
import { cursorKey, cutPage, startAfter } from '../../platform/http/page.ts';
import { bumpLayer } from '../../platform/layers.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { wordFinding } from './finding-messages.ts';
import type { FindingItem, FindingListQuery } from './findings.contract.ts';
import * as repository from './findings.repository.ts';

export interface FindingsService {
  /**
   * What stands to be looked at on a mine's land, newest first. Part of the working ledger: whoever may not read that, does not
   * read this (the tiles of the layer are empty for them). @throws AppError `not-found`, `sign-in-required`, `forbidden`
   */
  list(
    viewer: Viewer,
    mineId: number,
    query: FindingListQuery,
  ): Promise<{ items: FindingItem[]; nextCursor: string | null }>;
}

export function createFindingsService(deps: { db: Database; mines: MinesService }): FindingsService {
  const { db, mines } = deps;
  mines.onBoundaryAdded(async (tx, { mineId, boundaryId }) => {
    const rows = await repository.writeBoundaryFindings(tx, boundaryId);
    // Also where it wrote none: it may have taken some away.
    await bumpLayer(tx, 'findings');
    return rows.filter(row => row.mineId === mineId).map(wordFinding);
  });
  return {
    async list(viewer, mineId, { cursor, limit, asAt = null, code = null, severity = null }) {
      const { organisationId } = await mines.getOwner(mineId);
      assertCan(viewer, 'land.readWorking', { organisationId });
      const [afterId = null] = startAfter(cursor, cursorKey.id);
      const filter = { asAt, code, severity, afterId, limit: limit + 1 };
      const rows = await repository.listFindings(db.knex, mineId, filter);
      const { items, nextCursor } = cutPage(rows, limit, row => [row.id]);
      return { items: items.map(toItem), nextCursor };
    },
  };
}

const toItem = (row: repository.ListedFindingRow): FindingItem => ({
  id: row.id,
  eventId: row.eventId,
  boundaryId: row.boundaryId,
  onDate: row.onDate,
  stage: row.stage,
  createdAt: row.createdAt,
  geometry: row.geometry,
  ...wordFinding(row),
});
