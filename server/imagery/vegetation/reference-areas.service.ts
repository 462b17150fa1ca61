// Reference areas: land of the same ecosystem that was not mined, or recovered long ago, to read beside reclaimed land.
import { assertCan } from '../../accounts/policy.ts';
import type { MinesService } from '../../mines/mines.service.ts';
import { recordAudit } from '../../platform/audit/audit.ts';
import type { Database } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { acceptPolygonal } from '../../platform/http/accept-geometry.ts';
import { cursorKey, cutPage, startAfter } from '../../platform/http/page.ts';
import type { Jobs } from '../../platform/jobs/jobs.ts';
import type { Viewer } from '../../platform/viewer.ts';
import * as repository from './reference-areas.repository.ts';
import type { ReferenceAreaBody, ReferenceAreaShape } from './vegetation.contract.ts';

export interface ReferenceAreasService {
  /** @throws AppError `not-found` when there is no such mine */
  list(
    mineId: number,
    query: { limit: number; cursor?: string | undefined },
  ): Promise<{ items: ReferenceAreaShape[]; nextCursor: string | null }>;
  /** @throws AppError a geometry code, `validity-reversed`, `forbidden`, `not-found` */
  create(viewer: Viewer, mineId: number, body: ReferenceAreaBody): Promise<ReferenceAreaShape>;
}

export function createReferenceAreasService(deps: {
  db: Database;
  mines: MinesService;
  jobs: Jobs;
}): ReferenceAreasService {
  const { db, mines, jobs } = deps;
  return {
    async list(mineId, { limit, cursor }) {
      await mines.getOwner(mineId);
      const [afterId = null] = startAfter(cursor, cursorKey.id);
      const rows = await repository.listReferenceAreas(db.knex, mineId, { afterId, limit: limit + 1 });
      return cutPage(rows, limit, row => [row.id]);
    },

    async create(viewer, mineId, { geometry, properties }) {
      const { organisationId } = await mines.getOwner(mineId);
      assertCan(viewer, 'reference.write', { organisationId });
      const { ecosystemZh, ecosystemEn, validFrom } = properties;
      const validTo = properties.validTo ?? null;
      if (validTo !== null && validTo <= validFrom) throw new AppError('validity-reversed', { validFrom, validTo });
      const accepted = acceptPolygonal(geometry).geometry;
      return db.transaction(async tx => {
        const area = { ecosystemZh, ecosystemEn, validFrom, validTo, geometry: accepted };
        const id = await repository.insertReferenceArea(tx, mineId, area, viewer.accountId);
        const [after] = await repository.listReferenceAreas(tx, mineId, { afterId: id - 1, limit: 1 });
        if (after === undefined) throw new Error(`reference area ${id} vanished in its own transaction`);
        await recordAudit(tx, viewer, {
          action: 'reference-area.create',
          subjectKind: 'reference-area',
          subjectId: id,
          before: null,
          after,
        });
        const subject = { kind: 'mine', id: mineId };
        await jobs.enqueue(tx, 'zonal-mine', { mineId }, { createdBy: viewer.accountId, subject });
        return after;
      });
    },
  };
}
