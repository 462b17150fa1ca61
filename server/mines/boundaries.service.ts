import { assertCan } from '../accounts/policy.ts';
import { recordAudit } from '../platform/audit/audit.ts';
import type { Database, Queryable } from '../platform/db/database.ts';
import { AppError } from '../platform/errors.ts';
import { acceptPolygonal } from '../platform/http/accept-geometry.ts';
import { cursorKey, cutPage, startAfter } from '../platform/http/page.ts';
import { bumpLayer } from '../platform/layers.ts';
import type { Viewer } from '../platform/viewer.ts';
import type { BoundaryAnswer, BoundaryListQuery, NewBoundary, RecordedBoundary } from './boundaries.contract.ts';
import * as repository from './boundaries.repository.ts';
import { findCountryFault, findDeclaredAreaFault } from './policy.ts';
import type { MinesService } from './mines.service.ts';

export interface BoundariesService {
  /** @throws AppError `not-found` when there is no such mine */
  list(mineId: number, query: BoundaryListQuery): Promise<{ items: BoundaryAnswer[]; nextCursor: string | null }>;
  /**
   * A new version of an outline; with `supersedes` the earlier one ends on the day this one begins.
   * @throws AppError `geometry-…`, `outside-country`, `declared-area-wrong`, `declared-area-unit`, `validity-reversed`, `boundary-validity-overlap`, `boundary-supersedes-unknown`,
   * `boundary-supersedes-later`, `forbidden`, `not-found`
   */
  create(viewer: Viewer, mineId: number, feature: NewBoundary): Promise<RecordedBoundary>;
}

export function createBoundariesService(deps: { db: Database; mines: MinesService }): BoundariesService {
  const { db, mines } = deps;
  return {
    async list(mineId, { cursor, ...filter }) {
      await mines.getOwner(mineId);
      const [afterId] = startAfter(cursor, cursorKey.id);
      const rows = await repository.listBoundaries(db.knex, mineId, { ...filter, afterId, limit: filter.limit + 1 });
      const { items, nextCursor } = cutPage(rows, filter.limit, row => [row.id]);
      return { items: items.map(toAnswer), nextCursor };
    },

    async create(viewer, mineId, feature) {
      const { organisationId, province } = await mines.getOwner(mineId);
      assertCan(viewer, 'boundary.edit', { organisationId });
      const { supersedes, ...version } = feature.properties;
      if (version.validTo !== null && version.validTo <= version.validFrom) {
        throw new AppError('validity-reversed', { validFrom: version.validFrom, validTo: version.validTo });
      }
      const { geometry } = acceptPolygonal(feature.geometry);
      const abroad = findCountryFault(geometry, province);
      if (abroad) throw abroad;
      return db.transaction(async tx => {
        if (supersedes !== undefined) await endEarlier(tx, viewer, mineId, supersedes, version);
        const other = await repository.findOverlappingBoundary(tx, {
          mineId,
          kind: version.kind,
          validFrom: version.validFrom,
          validTo: version.validTo,
          exceptId: null,
        });
        if (other) throw new AppError('boundary-validity-overlap', { kind: version.kind, ...other });
        const id = await repository.insertBoundary(tx, { ...version, mineId, geometry });
        const after = await repository.findBoundary(tx, mineId, id);
        if (!after) throw new Error(`boundary ${id} vanished in its own transaction`);
        const misdeclared = findDeclaredAreaFault(version.declaredAreaM2, after.areaM2);
        if (misdeclared) throw misdeclared;
        const findings = await mines.tellBoundaryAdded(tx, { mineId, boundaryId: id });
        await recordAudit(tx, viewer, {
          action: 'boundary.create',
          subjectKind: 'boundary',
          subjectId: id,
          before: null,
          after: { mineId, supersedes: supersedes ?? null, ...toAnswer(after) },
        });
        await bumpLayer(tx, 'mines');
        return { ...toAnswer(after), findings: [...findings] };
      });
    },
  };
}

async function endEarlier(
  tx: Queryable,
  viewer: Viewer,
  mineId: number,
  supersedes: number,
  version: { kind: BoundaryAnswer['kind']; validFrom: string },
): Promise<void> {
  const earlier = await repository.findBoundary(tx, mineId, supersedes);
  if (!earlier || earlier.kind !== version.kind) {
    throw new AppError('boundary-supersedes-unknown', { id: supersedes, kind: version.kind });
  }
  if (earlier.validFrom >= version.validFrom) {
    throw new AppError('boundary-supersedes-later', { id: supersedes, validFrom: earlier.validFrom });
  }
  if (earlier.validTo !== null && earlier.validTo <= version.validFrom) return;
  await repository.endBoundary(tx, supersedes, version.validFrom);
  await recordAudit(tx, viewer, {
    action: 'boundary.end',
    subjectKind: 'boundary',
    subjectId: supersedes,
    before: { validTo: earlier.validTo, revision: earlier.revision },
    after: { validTo: version.validFrom, revision: earlier.revision + 1 },
  });
}

const toAnswer = (row: repository.BoundaryRow): BoundaryAnswer => ({
  id: row.id,
  kind: row.kind,
  validFrom: row.validFrom,
  validTo: row.validTo,
  areaM2: row.areaM2,
  declaredAreaM2: row.declaredAreaM2,
  docRef: row.docRef,
  geometry: row.geometry,
  revision: row.revision,
});
