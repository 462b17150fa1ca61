import type { MultiPolygon } from '../../gis/types.ts';
import type { Queryable } from '../platform/db/database.ts';
import { loadSql } from '../platform/db/load-sql.ts';
import { nameConstraint } from '../platform/db/pg-errors.ts';
import type { BoundaryAnswer, BoundaryKind } from './boundaries.contract.ts';

// Seen first by `findOverlappingBoundary`; of two writers at once the constraint stops the second.
nameConstraint('ex_boundary_validity', 'boundary-validity-overlap');

export interface BoundaryRow extends BoundaryAnswer {
  readonly mineId: number;
}

export interface Validity {
  readonly id: number;
  readonly validFrom: string;
  readonly validTo: string | null;
}

const listSql = loadSql<BoundaryRow>('mines/sql/list-boundaries.sql');
const insertSql = loadSql<{ id: number; areaM2: number }>('mines/sql/insert-boundary.sql');
const overlapSql = loadSql<Validity>('mines/sql/overlapping-boundary.sql');

export function listBoundaries(
  db: Queryable,
  mineId: number,
  filter: { kind?: BoundaryKind | undefined; asAt?: string | undefined; afterId?: number | undefined; limit: number },
): Promise<BoundaryRow[]> {
  return listSql.rows(db, {
    mineId,
    boundaryId: null,
    kind: filter.kind ?? null,
    asAt: filter.asAt ?? null,
    afterId: filter.afterId ?? null,
    limit: filter.limit,
  });
}

export const findBoundary = (db: Queryable, mineId: number, boundaryId: number): Promise<BoundaryRow | undefined> =>
  listSql.find(db, { mineId, boundaryId, kind: null, asAt: null, afterId: null, limit: 1 });

export const findOverlappingBoundary = (
  db: Queryable,
  version: { mineId: number; kind: BoundaryKind; validFrom: string; validTo: string | null; exceptId: number | null },
): Promise<Validity | undefined> => overlapSql.find(db, version);

export async function insertBoundary(
  db: Queryable,
  version: {
    mineId: number;
    kind: BoundaryKind;
    geometry: MultiPolygon;
    validFrom: string;
    validTo: string | null;
    docRef: string | null;
    declaredAreaM2: number | null;
  },
): Promise<number> {
  return (await insertSql.one(db, { ...version, geometry: JSON.stringify(version.geometry) })).id;
}

export async function endBoundary(db: Queryable, id: number, validTo: string): Promise<void> {
  await db('boundary')
    .where({ id })
    .update({ valid_to: validTo, revision: db.raw('revision + 1') });
}
