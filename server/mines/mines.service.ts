import type { Box } from '../../gis/types.ts';
import { AppError, notFound, staleRevision } from '../platform/errors.ts';
import { assertCan, can } from '../accounts/policy.ts';
import type { OrganisationsService } from '../organisations/organisations.service.ts';
import { recordAudit } from '../platform/audit/audit.ts';
import type { Database, Queryable } from '../platform/db/database.ts';
import { acceptPolygonal } from '../platform/http/accept-geometry.ts';
import { cursorKey, cutPage, startAfter } from '../platform/http/page.ts';
import { bumpLayer } from '../platform/layers.ts';
import type { Viewer } from '../platform/viewer.ts';
import { insertBoundary } from './boundaries.repository.ts';
import type { MineAnswer, MineItem, MineListQuery, MinePatch, NewMine } from './mines.contract.ts';
import * as repository from './mines.repository.ts';
import { findCountryFault } from './policy.ts';
import type { FindingAnswer } from './finding.contract.ts';

/** First day of validity of a licence whose beginning nobody stated. */
const UNKNOWN_START = '1900-01-01';

/** Judges a new version of an outline inside the transaction that adds it; what it answers is told to the author. */
export type BoundaryListener = (
  tx: Queryable,
  added: { readonly mineId: number; readonly boundaryId: number },
) => Promise<readonly FindingAnswer[]>;

export interface MinesService {
  onBoundaryAdded(listener: BoundaryListener): void;
  /** What the listeners have to say about a boundary that was just added. */
  tellBoundaryAdded: BoundaryListener;
  list(query: MineListQuery): Promise<{ items: MineItem[]; nextCursor: string | null }>;
  /** As the viewer may see it. @throws AppError `not-found` */
  get(viewer: Viewer, id: number): Promise<MineAnswer>;
  /** What rules of other rooms ask about a mine: whose it is, since when. @throws AppError `not-found` */
  getOwner(id: number, db?: Queryable): Promise<repository.MineOwner>;
  /**
   * The mine and its licence boundary, in one transaction.
   * @throws AppError `geometry-…`, `outside-country`, `organisation-unknown`, `mine-code-taken`, `mine-dates-reversed`, `forbidden`
   */
  create(viewer: Viewer, feature: NewMine): Promise<MineAnswer>;
  /** @throws AppError `if-match-required`, `stale-revision`, `organisation-unknown`, `outside-country`, `mine-dates-reversed`, `forbidden` */
  patch(viewer: Viewer, id: number, patch: MinePatch, ifMatch: number | undefined): Promise<MineAnswer>;
  /** Ids of the mines of these organisations (not of those below them). */
  listIdsOf(organisationIds: readonly number[]): Promise<ReadonlySet<number>>;
  /** Moves with every write to the ledger of a mine of these organisations; 0 for none of them. */
  sumLandRevisions(organisationIds: readonly number[]): Promise<number>;
  /** Every boundary version valid on `asAt` whose box meets `box`, for tiles. */
  tileRows(asAt: string, box: Box): Promise<repository.MineTileRow[]>;
}

export function createMinesService(deps: { db: Database; organisations: OrganisationsService }): MinesService {
  const { db, organisations } = deps;

  const getRow = async (from: Queryable, id: number): Promise<repository.MineRow> => {
    const row = await repository.findMine(from, id);
    if (!row) throw notFound('mine', id);
    return row;
  };

  const listeners: BoundaryListener[] = [];
  const tellBoundaryAdded: BoundaryListener = async (tx, added) => {
    const findings: FindingAnswer[] = [];
    for (const listener of listeners) findings.push(...(await listener(tx, added)));
    return findings;
  };

  return {
    onBoundaryAdded: listener => void listeners.push(listener),
    tellBoundaryAdded,

    async list({ cursor, ...filter }) {
      const [afterCode] = startAfter(cursor, cursorKey.text);
      const rows = await repository.listMines(db.knex, { ...filter, afterCode, limit: filter.limit + 1 });
      const { items, nextCursor } = cutPage(rows, filter.limit, row => [row.code]);
      return { items: items.map(toItem), nextCursor };
    },

    get: async (viewer, id) => toAnswer(viewer, await getRow(db.knex, id)),

    async getOwner(id, from = db.knex) {
      const owner = await repository.findMineOwner(from, id);
      if (!owner) throw notFound('mine', id);
      return owner;
    },

    async create(viewer, feature) {
      const { code, organisationCode, validFrom, docRef, ...fields } = feature.properties;
      const organisation = await organisations.getByCode(organisationCode);
      assertCan(viewer, 'mine.create', { organisationId: organisation.id });
      assertDatesInOrder(fields.startOn, fields.endOn);
      const { geometry } = acceptPolygonal(feature.geometry);
      const abroad = findCountryFault(geometry, fields.province);
      if (abroad) throw abroad;
      return db.transaction(async tx => {
        const id = await repository.insertMine(tx, code, { ...fields, organisationId: organisation.id });
        const boundaryId = await insertBoundary(tx, {
          mineId: id,
          kind: 'LICENCE',
          geometry,
          validFrom: validFrom ?? fields.startOn ?? UNKNOWN_START,
          validTo: null,
          docRef,
          declaredAreaM2: null,
        });
        await tellBoundaryAdded(tx, { mineId: id, boundaryId });
        const after = toAnswer(viewer, await getRow(tx, id));
        await recordAudit(tx, viewer, {
          action: 'mine.create',
          subjectKind: 'mine',
          subjectId: id,
          before: null,
          after,
        });
        await bumpLayer(tx, 'mines');
        return after;
      });
    },

    async patch(viewer, id, patch, ifMatch) {
      const before = await getRow(db.knex, id);
      assertCan(viewer, 'mine.edit', { organisationId: before.organisationId });
      if (ifMatch === undefined) throw new AppError('if-match-required');
      const { organisationCode, ...fields } = patch;
      const organisation = await organisations.getByCode(organisationCode ?? before.organisationCode);
      // Handing a mine over takes the right to it on both sides.
      assertCan(viewer, 'mine.edit', { organisationId: organisation.id });
      const next: repository.MineFields = { ...before, ...withoutUndefined(fields), organisationId: organisation.id };
      assertDatesInOrder(next.startOn, next.endOn);
      const abroad = before.geometry === null ? undefined : findCountryFault(before.geometry, next.province);
      if (abroad) throw abroad;
      return db.transaction(async tx => {
        const changed = await repository.updateMine(tx, id, ifMatch, next);
        const after = await getRow(tx, id);
        if (!changed) throw staleRevision(after.revision);
        await recordAudit(tx, viewer, {
          action: 'mine.edit',
          subjectKind: 'mine',
          subjectId: id,
          before: toAnswer(viewer, before),
          after: toAnswer(viewer, after),
        });
        await bumpLayer(tx, 'mines');
        return toAnswer(viewer, after);
      });
    },

    listIdsOf: async organisationIds => new Set(await repository.listMineIdsOf(db.knex, organisationIds)),

    sumLandRevisions: async organisationIds =>
      organisationIds.length === 0 ? 0 : repository.sumLandRevisions(db.knex, organisationIds),

    tileRows: (asAt, box) => repository.listMineTileRows(db.knex, asAt, box),
  };
}

function assertDatesInOrder(startOn: string | null, endOn: string | null): void {
  if (startOn !== null && endOn !== null && startOn > endOn)
    throw new AppError('mine-dates-reversed', { startOn, endOn });
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** A patch without the keys that were not given: spreading an undefined would erase the old value. */
const withoutUndefined = <T extends object>(patch: T): Partial<Defined<T>> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Partial<Defined<T>>;

const toItem = (row: repository.MineRow): MineItem => ({
  id: row.id,
  code: row.code,
  nameZh: row.nameZh,
  nameEn: row.nameEn,
  organisationCode: row.organisationCode,
  organisationNameZh: row.organisationNameZh,
  organisationNameEn: row.organisationNameEn,
  province: row.province,
  mineral: row.mineral,
  method: row.method,
  status: row.status,
  bbox: row.bbox,
  areaM2: row.areaM2,
  revision: row.revision,
});

const toAnswer = (viewer: Viewer, row: repository.MineRow): MineAnswer => ({
  ...toItem(row),
  geometry: row.geometry,
  startOn: row.startOn,
  endOn: row.endOn,
  licenceNo: row.licenceNo,
  landRevision: can(viewer, 'land.readWorking', row) ? row.landRevision : row.publishedCount,
});
