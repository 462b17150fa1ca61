import type { Box } from '../../../gis/types.ts';
import { assertCan } from '../../accounts/policy.ts';
import type { MinesService } from '../../mines/mines.service.ts';
import { recordAudit } from '../../platform/audit/audit.ts';
import type { Database, Queryable } from '../../platform/db/database.ts';
import { AppError, notFound } from '../../platform/errors.ts';
import { acceptPoint } from '../../platform/http/accept-geometry.ts';
import { cursorKey, cutPage, startAfter } from '../../platform/http/page.ts';
import { bumpLayer } from '../../platform/layers.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { ExactAccessLog } from '../exact-access-log.ts';
import { mayReadExact, placeLayers, placeScopeOf, type PlaceScope } from '../policy.ts';
import type { PublicReader } from '../public-reader.ts';
import { effectiveCategory, toCategory } from '../sensitivity.ts';
import type { SurveysService } from '../surveys/surveys.service.ts';
import type { TaxaService } from '../taxa/taxa.service.ts';
import type { NewOccurrence, OccurrenceAnswer, OccurrenceListQuery } from './occurrences.contract.ts';
import { insertOccurrence, listExactOccurrences, listExactOccurrenceTileRows } from './occurrences.exact.repository.ts';
import {
  listOpenOccurrences,
  listOpenOccurrenceTileRows,
  type OccurrenceFilter,
  type OccurrenceRow,
  type OccurrenceTileRow,
} from './occurrences.public.repository.ts';

export interface OccurrencesService {
  /** What the viewer may see; for everybody else a sensitive record does not exist. @throws AppError `not-found` (mine) */
  list(
    viewer: Viewer,
    mineId: number,
    query: OccurrenceListQuery,
  ): Promise<{ items: OccurrenceAnswer[]; nextCursor: string | null }>;
  /** @throws AppError `not-found` */
  get(viewer: Viewer, mineId: number, id: string): Promise<OccurrenceAnswer>;
  /** @throws AppError `coordinates-…`, `taxon-unknown`, `survey-unknown`, `sensitivity-reason-required`, `forbidden` */
  create(viewer: Viewer, mineId: number, feature: NewOccurrence): Promise<OccurrenceAnswer>;
  /** Detections up to `asAt` in `box` that the scope may see, for tiles. */
  tileRows(scope: PlaceScope, asAt: string, box: Box): Promise<OccurrenceTileRow[]>;
}

export interface OccurrencesDeps {
  readonly db: Database;
  readonly mines: MinesService;
  readonly taxa: TaxaService;
  readonly surveys: SurveysService;
  readonly readAsPublic: PublicReader;
  readonly logExactAccess: ExactAccessLog;
}

export function createOccurrencesService(deps: OccurrencesDeps): OccurrencesService {
  const { db, mines, taxa, surveys, readAsPublic, logExactAccess } = deps;

  /** The one place where a reader is led to a store. */
  const read = (scope: PlaceScope, filter: OccurrenceFilter): Promise<OccurrenceRow[]> =>
    scope.store === 'public'
      ? readAsPublic(open => listOpenOccurrences(open, filter))
      : listExactOccurrences(db.knex, scope, filter);

  const toAnswers = async (from: Queryable, rows: readonly OccurrenceRow[]): Promise<OccurrenceAnswer[]> => {
    const ids = rows.map(row => row.taxonId).filter(id => id !== null);
    const known = await taxa.byIds(from, ids);
    return rows.map(({ taxonId, ...row }) => {
      const taxon = taxonId === null ? undefined : known.get(taxonId);
      if (!taxon) return { ...row, taxon: null };
      const { id, scientificName, nameZh, nameEn, statuses } = taxon;
      return { ...row, taxon: { taxonId: id, scientificName, nameZh, nameEn, statuses } };
    });
  };

  return {
    async list(viewer, mineId, { cursor, ...filter }) {
      await mines.getOwner(mineId);
      const [afterId] = startAfter(cursor, cursorKey.uuid);
      const rows = await read(placeScopeOf(viewer), { ...filter, mineId, afterId, limit: filter.limit + 1 });
      const page = cutPage(rows, filter.limit, row => [row.id]);
      await logExactAccess(viewer, 'occurrences', 'occurrence', page.items);
      return { ...page, items: await toAnswers(db.knex, page.items) };
    },

    async get(viewer, mineId, id) {
      const [row] = await read(placeScopeOf(viewer), { mineId, occurrenceId: id, limit: 1 });
      if (!row) throw notFound('occurrence', id);
      await logExactAccess(viewer, 'occurrences', 'occurrence', [row]);
      const [answer] = await toAnswers(db.knex, [row]);
      return answer as OccurrenceAnswer;
    },

    async create(viewer, mineId, feature) {
      const owner = (await mines.getOwner(mineId)).organisationId;
      assertCan(viewer, 'occurrence.write', { organisationId: owner });
      const place = acceptPoint(feature.geometry);
      const { scientificName, sensitivity: wanted, sensitivityReason: reason, ...properties } = feature.properties;
      const survey = properties.surveyId === null ? null : await surveys.find(viewer, mineId, properties.surveyId);
      if (survey === undefined) throw new AppError('survey-unknown', { id: properties.surveyId });
      return db.transaction(async tx => {
        const [taxon = null] =
          properties.taxonId !== null
            ? await taxa.getAll(tx, [properties.taxonId])
            : scientificName !== undefined
              ? [await taxa.getByName(tx, scientificName)]
              : [];
        const sensitivity = effectiveCategory(viewer, {
          taxa: taxon ? [taxon] : [],
          uses: properties.use === null ? [] : [properties.use],
          withoutTaxa: 2,
          wanted: wanted === undefined ? undefined : toCategory(wanted),
          reason,
          atLeast: survey ? toCategory(survey.sensitivity) : undefined,
        });
        const fields = {
          ...properties,
          taxonId: taxon?.id ?? null,
          sensitivity,
          sensitivityReason: reason ?? null,
        };
        const row = await insertOccurrence(tx, mineId, fields, place);
        await recordAudit(tx, viewer, {
          action: 'occurrence.create',
          subjectKind: 'occurrence',
          subjectId: row.id,
          before: null,
          after: sensitivity === 0 ? row : { ...row, geometry: undefined, remarks: undefined },
        });
        for (const layer of placeLayers('occurrences', [sensitivity])) await bumpLayer(tx, layer);
        const [answer] = await toAnswers(tx, [row]);
        if (!answer) throw new Error('occurrence vanished in its own transaction');
        return mayReadExact(viewer, sensitivity) ? answer : { ...answer, geometry: null };
      });
    },

    tileRows: (scope, asAt, box) =>
      scope.store === 'public'
        ? readAsPublic(open => listOpenOccurrenceTileRows(open, asAt, box))
        : listExactOccurrenceTileRows(db.knex, scope, asAt, box),
  };
}
