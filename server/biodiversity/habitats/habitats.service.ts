import type { SensitivityCategory } from '../../../gis/sensitivity/category.ts';
import type { Box } from '../../../gis/types.ts';
import { assertCan } from '../../accounts/policy.ts';
import type { MinesService } from '../../mines/mines.service.ts';
import { recordAudit } from '../../platform/audit/audit.ts';
import type { Database, Queryable } from '../../platform/db/database.ts';
import { AppError, notFound, staleRevision } from '../../platform/errors.ts';
import { acceptPolygonal } from '../../platform/http/accept-geometry.ts';
import { cursorKey, cutPage, startAfter } from '../../platform/http/page.ts';
import { bumpLayer } from '../../platform/layers.ts';
import type { Viewer } from '../../platform/viewer.ts';
import type { ExactAccessLog } from '../exact-access-log.ts';
import { mayReadExact, placeLayers, placeScopeOf, type PlaceScope } from '../policy.ts';
import type { PublicReader } from '../public-reader.ts';
import { HABITAT_TERMS } from '../reference/vocabulary.ts';
import { effectiveCategory, toCategory } from '../sensitivity.ts';
import type { TaxaService } from '../taxa/taxa.service.ts';
import type { HabitatAnswer, HabitatListQuery, HabitatPatch, NewHabitat } from './habitats.contract.ts';
import { EVERYTHING, listExactHabitats, listExactHabitatTileRows } from './habitats.exact.repository.ts';
import {
  listOpenHabitats,
  listOpenHabitatTileRows,
  type HabitatFilter,
  type HabitatRow,
  type HabitatTileRow,
} from './habitats.public.repository.ts';
import { endHabitat, lockHabitat, saveHabitat, type HabitatFields } from './habitats.write.repository.ts';

export interface HabitatsService {
  /** What the viewer may see; for everybody else a sensitive patch does not exist. @throws AppError `not-found` (mine) */
  list(
    viewer: Viewer,
    mineId: number,
    query: HabitatListQuery,
  ): Promise<{ items: HabitatAnswer[]; nextCursor: string | null }>;
  /** @throws AppError `not-found` */
  get(viewer: Viewer, mineId: number, id: string): Promise<HabitatAnswer>;
  /**
   * @throws AppError `geometry-…`, `taxon-unknown`, `validity-reversed`, `season-incomplete`,
   * `habitat-supersedes-unknown`, `habitat-supersedes-later`, `sensitivity-reason-required`, `forbidden`
   */
  create(viewer: Viewer, mineId: number, feature: NewHabitat): Promise<HabitatAnswer>;
  /** @throws AppError as `create`, and `not-found`, `if-match-required`, `stale-revision` */
  patch(
    viewer: Viewer,
    mineId: number,
    id: string,
    patch: HabitatPatch,
    ifMatch: number | undefined,
  ): Promise<HabitatAnswer>;
  /** Patches valid on `asAt` that the scope may see and whose box meets `box`, for tiles. */
  tileRows(scope: PlaceScope, asAt: string, box: Box): Promise<HabitatTileRow[]>;
  /** Every patch valid on `asAt`, exact, for computations whose results hold no place. Never hand these to a viewer. */
  listForStatistics(mineId: number, asAt: string): Promise<HabitatRow[]>;
}

export interface HabitatsDeps {
  readonly db: Database;
  readonly mines: MinesService;
  readonly taxa: TaxaService;
  readonly readAsPublic: PublicReader;
  readonly logExactAccess: ExactAccessLog;
}

const NAMES = new Map(HABITAT_TERMS.map(term => [term.code, term]));

export function createHabitatsService(deps: HabitatsDeps): HabitatsService {
  const { db, mines, taxa, readAsPublic, logExactAccess } = deps;

  /** The one place where a reader is led to a store. */
  const read = (scope: PlaceScope, filter: HabitatFilter): Promise<HabitatRow[]> =>
    scope.store === 'public'
      ? readAsPublic(open => listOpenHabitats(open, filter))
      : listExactHabitats(db.knex, scope, filter);

  const toAnswers = async (from: Queryable, rows: readonly HabitatRow[]): Promise<HabitatAnswer[]> => {
    const known = await taxa.byIds(
      from,
      rows.flatMap(row => row.taxonIds),
    );
    return rows.map(({ taxonIds, ...row }) => ({
      ...row,
      habitatNameZh: NAMES.get(row.habitatCode)?.nameZh ?? row.habitatCode,
      habitatNameEn: NAMES.get(row.habitatCode)?.nameEn ?? row.habitatCode,
      taxa: taxonIds.flatMap(id => {
        const taxon = known.get(id);
        if (!taxon) return [];
        const { scientificName, nameZh, nameEn, statuses } = taxon;
        return [{ taxonId: id, scientificName, nameZh, nameEn, statuses }];
      }),
    })) as HabitatAnswer[];
  };

  const getExact = async (tx: Queryable, mineId: number, patchId: string): Promise<HabitatRow | undefined> =>
    (await listExactHabitats(tx, EVERYTHING, { mineId, patchId, limit: 1 }))[0];

  const save = async (
    tx: Queryable,
    viewer: Viewer,
    target: { id: string | null; mineId: number; supersedes: string | null },
    fields: HabitatFields,
    before: HabitatRow | null,
  ): Promise<HabitatAnswer> => {
    const id = await saveHabitat(tx, target, fields);
    const row = await getExact(tx, target.mineId, id);
    if (!row) throw new Error('habitat vanished in its own transaction');
    await recordAudit(tx, viewer, {
      action: before ? 'habitat.edit' : 'habitat.create',
      subjectKind: 'habitat',
      subjectId: id,
      before: before && withoutPlace(before),
      after: withoutPlace(row),
    });
    await bumpHabitatLayers(tx, [row.sensitivity, before?.sensitivity ?? row.sensitivity]);
    const [answer] = await toAnswers(tx, [row]);
    if (!answer) throw new Error('habitat vanished in its own transaction');
    const readable = mayReadExact(viewer, toCategory(row.sensitivity));
    return readable ? answer : { ...answer, geometry: null, areaM2: null };
  };

  const categoryFor = async (
    tx: Queryable,
    viewer: Viewer,
    request: {
      taxonIds: readonly number[];
      uses: readonly string[];
      wanted: number | undefined;
      reason: string | undefined;
    },
  ): Promise<SensitivityCategory> =>
    effectiveCategory(viewer, {
      taxa: await taxa.getAll(tx, request.taxonIds),
      uses: request.uses,
      withoutTaxa: 0,
      wanted: request.wanted === undefined ? undefined : toCategory(request.wanted),
      reason: request.reason,
    });

  return {
    async list(viewer, mineId, { cursor, ...filter }) {
      await mines.getOwner(mineId);
      const [afterId] = startAfter(cursor, cursorKey.uuid);
      const rows = await read(placeScopeOf(viewer), { ...filter, mineId, afterId, limit: filter.limit + 1 });
      const page = cutPage(rows, filter.limit, row => [row.id]);
      await logExactAccess(viewer, 'habitats', 'habitat', page.items);
      return { ...page, items: await toAnswers(db.knex, page.items) };
    },

    async get(viewer, mineId, id) {
      const [row] = await read(placeScopeOf(viewer), { mineId, patchId: id, limit: 1 });
      if (!row) throw notFound('habitat', id);
      await logExactAccess(viewer, 'habitats', 'habitat', [row]);
      const [answer] = await toAnswers(db.knex, [row]);
      return answer as HabitatAnswer;
    },

    async create(viewer, mineId, feature) {
      const owner = (await mines.getOwner(mineId)).organisationId;
      assertCan(viewer, 'habitat.write', { organisationId: owner });
      const { supersedes, sensitivity: wanted, sensitivityReason: reason, ...properties } = feature.properties;
      const { geometry } = acceptPolygonal(feature.geometry);
      assertConsistent(properties);
      return db.transaction(async tx => {
        const sensitivity = await categoryFor(tx, viewer, { ...properties, wanted, reason });
        if (supersedes !== undefined) {
          const earlier = await getExact(tx, mineId, supersedes);
          if (!earlier || !mayReadExact(viewer, toCategory(earlier.sensitivity))) {
            throw new AppError('habitat-supersedes-unknown', { id: supersedes });
          }
          if (earlier.validFrom >= properties.validFrom) {
            throw new AppError('habitat-supersedes-later', { id: supersedes, validFrom: earlier.validFrom });
          }
          await endHabitat(tx, supersedes, properties.validFrom);
          await bumpHabitatLayers(tx, [earlier.sensitivity]);
        }
        const target = { id: null, mineId, supersedes: supersedes ?? null };
        const fields = { ...properties, sensitivity, sensitivityReason: reason ?? null, geometry };
        return save(tx, viewer, target, fields, null);
      });
    },

    async patch(viewer, mineId, id, patch, ifMatch) {
      const owner = (await mines.getOwner(mineId)).organisationId;
      const [visible] = await read(placeScopeOf(viewer), { mineId, patchId: id, limit: 1 });
      if (!visible) throw notFound('habitat', id);
      assertCan(viewer, 'habitat.write', { organisationId: owner });
      if (ifMatch === undefined) throw new AppError('if-match-required');
      const { sensitivity: wanted, sensitivityReason: reason, geometry, ...given } = patch;
      const place = geometry === undefined ? undefined : acceptPolygonal(geometry).geometry;
      return db.transaction(async tx => {
        const revision = await lockHabitat(tx, id);
        const before = await getExact(tx, mineId, id);
        if (revision === undefined || !before?.geometry) throw notFound('habitat', id);
        if (revision !== ifMatch) throw staleRevision(revision);
        const merged = { ...before, ...definedOnly(given) };
        assertConsistent(merged);
        const sensitivity = await categoryFor(tx, viewer, {
          taxonIds: merged.taxonIds,
          uses: merged.uses,
          wanted: wanted ?? before.sensitivity,
          // What a steward once loosened stays loosened while the facts that it rests on stay.
          reason: reason ?? (wanted === undefined && !given.taxonIds && !given.uses ? 'unchanged' : undefined),
        });
        const target = { id, mineId, supersedes: before.supersedes };
        const fields = {
          ...merged,
          sensitivity,
          sensitivityReason: reason ?? null,
          geometry: place ?? before.geometry,
        };
        return save(tx, viewer, target, fields, before);
      });
    },

    tileRows: (scope, asAt, box) =>
      scope.store === 'public'
        ? readAsPublic(open => listOpenHabitatTileRows(open, asAt, box))
        : listExactHabitatTileRows(db.knex, scope, asAt, box),

    listForStatistics: (mineId, asAt) => listExactHabitats(db.knex, EVERYTHING, { mineId, asAt, limit: 100_000 }),
  };
}

/** An open change moves the public layer; a hidden one only the layer of those who may see it. */
async function bumpHabitatLayers(tx: Queryable, categories: readonly number[]): Promise<void> {
  for (const layer of placeLayers('habitats', categories)) await bumpLayer(tx, layer);
}

function assertConsistent(fields: {
  validFrom: string;
  validTo: string | null;
  seasonFrom: string | null;
  seasonTo: string | null;
}): void {
  const { validFrom, validTo, seasonFrom, seasonTo } = fields;
  if (validTo !== null && validTo <= validFrom) throw new AppError('validity-reversed', { validFrom, validTo });
  if ((seasonFrom === null) !== (seasonTo === null)) throw new AppError('season-incomplete');
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };
const definedOnly = <T extends object>(patch: T): Partial<Defined<T>> =>
  Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as Partial<Defined<T>>;

/** History is read by more people than sensitive places. */
function withoutPlace({ geometry, areaM2, ...row }: HabitatRow): object {
  return row.sensitivity === 0 ? { ...row, areaM2, geometry } : row;
}
