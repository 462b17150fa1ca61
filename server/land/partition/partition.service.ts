import type { Box, MultiPolygon } from '../../../gis/types.ts';
import type { Database, Queryable } from '../../platform/db/database.ts';
import { notFound } from '../../platform/errors.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { sourceName } from './ledger-view.ts';
import type { LandAnswer, LandQuery } from './partition.contract.ts';
import * as repository from './partition.repository.ts';
import { resolveView } from './resolve-view.ts';

type AnswerGeometry = LandAnswer['features'][number]['geometry'];

export interface PartitionService {
  /** The partition of a mine's land on a date, as the viewer may see it. @throws AppError `not-found`, `known-at-not-public` */
  getLand(viewer: Viewer, mineId: number, query: LandQuery): Promise<LandAnswer>;
  /** Stored cells of the working ledger for rooms that measure them; no rights are asked. */
  listStoredCells(
    filter: Parameters<typeof repository.listStoredCells>[1],
    from?: Queryable,
  ): Promise<repository.StoredCell[]>;
  /** Outlines of a mine's recorded land that meet one of some boxes, for rooms that lay others beside it; no rights are asked. */
  listOutlinesNear(mineId: number, boxes: readonly Box[], most: number): Promise<MultiPolygon[]>;
}

export function createPartitionService(deps: { db: Database; now?: () => Date }): PartitionService {
  const { db, now = () => new Date() } = deps;
  return {
    async getLand(viewer, mineId, query) {
      const today = now().toISOString().slice(0, 10);
      const mine = await repository.findMineFacts(db.knex, mineId, query.asAt ?? today, 0);
      if (!mine) throw notFound('mine', mineId);
      const view = await resolveView(db.knex, viewer, mine, query, today);
      const isWorking = sourceName(view) === 'working';
      const cells = await repository.listCells(db.knex, view);
      return {
        type: 'FeatureCollection',
        asAt: view.asAt,
        knownAt: 'knownAt' in view ? view.knownAt : null,
        landRevision: isWorking ? mine.landRevision : mine.publishedCount,
        source: sourceName(view),
        features: cells.map(cell => ({
          type: 'Feature' as const,
          id: cell.id,
          geometry: cell.geometry as unknown as AnswerGeometry,
          properties: {
            stage: cell.stage,
            areaM2: cell.areaM2,
            since: cell.since,
            eventId: cell.eventId,
            scope: cell.scope,
            evidenceGrade: cell.evidenceGrade,
          },
        })),
      };
    },

    listOutlinesNear: (mineId, boxes, most) => repository.listOutlinesNear(db.knex, { mineId, boxes, most }),

    listStoredCells: (filter, from = db.knex) => repository.listStoredCells(from, filter),
  };
}
