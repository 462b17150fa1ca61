import type { Box } from '../../gis/types.ts';
import { assertCan } from '../accounts/policy.ts';
import type { MinesService } from '../mines/mines.service.ts';
import { recordAudit } from '../platform/audit/audit.ts';
import type { Database, Queryable } from '../platform/db/database.ts';
import { AppError, notFound, staleRevision } from '../platform/errors.ts';
import { acceptPolygonal } from '../platform/http/accept-geometry.ts';
import { cursorKey, cutPage, startAfter } from '../platform/http/page.ts';
import { schemaDetail } from '../platform/http/schema/schema-detail.ts';
import { bumpLayer } from '../platform/layers.ts';
import type { Viewer } from '../platform/viewer.ts';
import { attributesOf } from './attributes/attributes.ts';
import type { FacilityAnswer, FacilityListQuery, FacilityPatch, NewFacility } from './facilities.contract.ts';
import * as repository from './facilities.repository.ts';
import {
  STATUS_OF_TAILINGS,
  TAILINGS_STATUSES,
  type FacilityStatus,
  type FacilityType,
} from './reference/vocabulary.ts';

export interface FacilitiesService {
  /** @throws AppError `not-found` when there is no such mine */
  list(mineId: number, query: FacilityListQuery): Promise<{ items: FacilityAnswer[]; nextCursor: string | null }>;
  /** @throws AppError `not-found` */
  get(mineId: number, facilityId: number): Promise<FacilityAnswer>;
  /** @throws AppError `geometry-…`, `facility-attributes-invalid`, `facility-status-contradiction`, `validity-reversed`, `forbidden`, `not-found` */
  create(viewer: Viewer, mineId: number, feature: NewFacility): Promise<FacilityAnswer>;
  /** @throws AppError as `create`, and `if-match-required`, `stale-revision` */
  patch(
    viewer: Viewer,
    mineId: number,
    facilityId: number,
    patch: FacilityPatch,
    ifMatch: number | undefined,
  ): Promise<FacilityAnswer>;
  /** Every facility valid on `asAt` whose outline's box meets `box`, for tiles. */
  tileRows(asAt: string, box: Box): Promise<repository.FacilityTileRow[]>;
}

export function createFacilitiesService(deps: { db: Database; mines: MinesService }): FacilitiesService {
  const { db, mines } = deps;

  const get = async (from: Queryable, mineId: number, facilityId: number): Promise<FacilityAnswer> => {
    const facility = await repository.findFacility(from, mineId, facilityId);
    if (!facility) throw notFound('facility', facilityId);
    return facility;
  };

  return {
    async list(mineId, { cursor, ...filter }) {
      await mines.getOwner(mineId);
      const [afterId] = startAfter(cursor, cursorKey.id);
      const rows = await repository.listFacilities(db.knex, mineId, { ...filter, afterId, limit: filter.limit + 1 });
      return cutPage(rows, filter.limit, row => [row.id]);
    },

    get: (mineId, facilityId) => get(db.knex, mineId, facilityId),

    async create(viewer, mineId, feature) {
      const { organisationId } = await mines.getOwner(mineId);
      assertCan(viewer, 'facility.write', { organisationId });
      const { type, status, ...properties } = feature.properties;
      const fields = checkedFields(type, {
        ...properties,
        status,
        geometry: feature.geometry === null ? null : acceptPolygonal(feature.geometry).geometry,
      });
      return db.transaction(async tx => {
        const id = await repository.insertFacility(tx, mineId, type, fields);
        const after = await get(tx, mineId, id);
        await recordAudit(tx, viewer, {
          action: 'facility.create',
          subjectKind: 'facility',
          subjectId: id,
          before: null,
          after,
        });
        await bumpLayer(tx, 'facilities');
        return after;
      });
    },

    async patch(viewer, mineId, facilityId, patch, ifMatch) {
      const { organisationId } = await mines.getOwner(mineId);
      const before = await get(db.knex, mineId, facilityId);
      assertCan(viewer, 'facility.write', { organisationId });
      if (ifMatch === undefined) throw new AppError('if-match-required');
      if (ifMatch !== before.revision) throw staleRevision(before.revision);
      const attributes = mergeAttributes(before.attributes, patch.attributes ?? {});
      const fields = checkedFields(before.type, {
        nameZh: patch.nameZh ?? before.nameZh,
        nameEn: patch.nameEn ?? before.nameEn,
        validFrom: patch.validFrom ?? before.validFrom,
        validTo: patch.validTo === undefined ? before.validTo : patch.validTo,
        // A new tailings status carries the facility's own status along unless that is given too.
        status: patch.status ?? (patch.attributes?.['tailingsStatus'] === undefined ? before.status : undefined),
        attributes,
        geometry:
          patch.geometry === undefined ? before.geometry : patch.geometry && acceptPolygonal(patch.geometry).geometry,
      });
      return db.transaction(async tx => {
        const changed = await repository.updateFacility(tx, facilityId, ifMatch, fields);
        const after = await get(tx, mineId, facilityId);
        if (!changed) throw staleRevision(after.revision);
        await recordAudit(tx, viewer, {
          action: 'facility.edit',
          subjectKind: 'facility',
          subjectId: facilityId,
          before,
          after,
        });
        await bumpLayer(tx, 'facilities');
        return after;
      });
    },

    tileRows: (asAt, box) => repository.listFacilityTileRows(db.knex, asAt, box),
  };
}

/** Checks what the schema cannot: attributes by type, status against tailings status, order of dates. */
function checkedFields(
  type: FacilityType,
  fields: Omit<repository.FacilityFields, 'status'> & { status: FacilityStatus | undefined },
): repository.FacilityFields {
  if (fields.validTo !== null && fields.validTo <= fields.validFrom) {
    throw new AppError('validity-reversed', { validFrom: fields.validFrom, validTo: fields.validTo });
  }
  const parsed = attributesOf(type).safeParse(fields.attributes, { reportInput: true });
  if (!parsed.success) {
    throw new AppError(
      'facility-attributes-invalid',
      { type },
      {
        errors: parsed.error.issues.map(issue =>
          schemaDetail(issue, `/properties/attributes/${issue.path.map(String).join('/')}`),
        ),
      },
    );
  }
  const called = statusOfTailings(parsed.data['tailingsStatus']);
  const status = fields.status ?? called ?? 'operate';
  if (called !== undefined && called !== status) {
    throw new AppError('facility-status-contradiction', {
      status,
      tailingsStatus: parsed.data['tailingsStatus'],
      expected: called,
    });
  }
  return { ...fields, status, attributes: parsed.data };
}

function statusOfTailings(value: unknown): FacilityStatus | undefined {
  const known = TAILINGS_STATUSES.find(status => status === value);
  return known === undefined ? undefined : STATUS_OF_TAILINGS[known];
}

/** JSON merge patch, one level deep: null removes a key. */
function mergeAttributes(
  before: Readonly<Record<string, unknown>>,
  patch: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...before, ...patch }).filter(([, value]) => value !== null));
}
