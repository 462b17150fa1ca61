import { assertCan } from '../../accounts/policy.ts';
import { recordAudit } from '../../platform/audit/audit.ts';
import type { Database, Queryable } from '../../platform/db/database.ts';
import { AppError } from '../../platform/errors.ts';
import { cursorKey, cutPage, startAfter } from '../../platform/http/page.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { PROTECTED_SPECIES, STATUS_LISTS } from '../reference/protected-species.ts';
import { resolveStatuses } from './resolve-statuses.ts';
import type { NewTaxon, TaxonAnswer, TaxonListQuery } from './taxa.contract.ts';
import * as repository from './taxa.repository.ts';

export interface TaxaService {
  list(query: TaxonListQuery): Promise<{ items: TaxonAnswer[]; nextCursor: string | null }>;
  /** Taxa with their statuses, by id; ids that do not exist are absent. */
  byIds(db: Queryable, ids: readonly number[]): Promise<ReadonlyMap<number, TaxonAnswer>>;
  /** @throws AppError `taxon-unknown` when one of them does not exist */
  getAll(db: Queryable, ids: readonly number[]): Promise<TaxonAnswer[]>;
  /** By its exact scientific name. @throws AppError `taxon-unknown` */
  getByName(db: Queryable, scientificName: string): Promise<TaxonAnswer>;
  /** @throws AppError `taxon-taken`, `forbidden` */
  create(viewer: Viewer, taxon: NewTaxon): Promise<TaxonAnswer>;
  /** Adds the unverified reference species and their lists where they are missing; changes nothing that exists. */
  loadReference(tx: Queryable): Promise<void>;
}

export function createTaxaService({ db }: { db: Database }): TaxaService {
  const withStatuses = async (from: Queryable, rows: readonly repository.TaxonRow[]): Promise<TaxonAnswer[]> => {
    if (rows.length === 0) return [];
    const names = rows.flatMap(row => [row.scientificName, row.genus, row.family]).filter(name => name !== null);
    const entries = await repository.listStatusEntries(from, [...new Set(names)]);
    return rows.map(row => ({ ...row, statuses: resolveStatuses(row, entries) }));
  };

  const byIds = async (from: Queryable, ids: readonly number[]): Promise<ReadonlyMap<number, TaxonAnswer>> => {
    const unique = [...new Set(ids)];
    if (unique.length === 0) return new Map();
    const taxa = await withStatuses(from, await repository.listTaxaByIds(from, unique));
    return new Map(taxa.map(taxon => [taxon.id, taxon]));
  };

  return {
    async list({ q, limit, cursor }) {
      const [afterName] = startAfter(cursor, cursorKey.text);
      const rows = await repository.listTaxa(db.knex, { q, afterName, limit: limit + 1 });
      const { items, nextCursor } = cutPage(rows, limit, row => [row.scientificName]);
      return { items: await withStatuses(db.knex, items), nextCursor };
    },

    byIds,

    async getAll(from, ids) {
      const found = await byIds(from, ids);
      return ids.map(id => {
        const taxon = found.get(id);
        if (!taxon) throw new AppError('taxon-unknown', { taxon: id });
        return taxon;
      });
    },

    async getByName(from, scientificName) {
      const row = await repository.findTaxonByName(from, scientificName);
      const [taxon] = row ? await withStatuses(from, [row]) : [];
      if (!taxon) throw new AppError('taxon-unknown', { taxon: scientificName });
      return taxon;
    },

    async create(viewer, taxon) {
      assertCan(viewer, 'taxon.write');
      return db.transaction(async tx => {
        const id = await repository.insertTaxon(tx, taxon);
        const after = (await byIds(tx, [id])).get(id);
        if (!after) throw new Error('taxon vanished in its own transaction');
        await recordAudit(tx, viewer, {
          action: 'taxon.create',
          subjectKind: 'taxon',
          subjectId: id,
          before: null,
          after,
        });
        return after;
      });
    },

    async loadReference(tx) {
      for (const list of STATUS_LISTS) await repository.insertMissingList(tx, list);
      await repository.insertMissingEntries(tx, PROTECTED_SPECIES.flatMap(entriesOf));
      for (const species of PROTECTED_SPECIES) {
        if (await repository.findTaxonByName(tx, species.scientificName)) continue;
        await repository.insertTaxon(tx, {
          scientificName: species.scientificName,
          nameZh: species.nameZh,
          nameEn: species.nameEn,
          rank: species.wholeGenus ? 'genus' : 'species',
          kingdom: species.kingdom,
          class: species.class,
          family: species.family,
          genus: species.scientificName.split(' ')[0] ?? null,
          gbifKey: null,
        });
      }
    },
  };
}

function entriesOf(species: (typeof PROTECTED_SPECIES)[number]) {
  const match = species.wholeGenus ? ('genus' as const) : ('species' as const);
  const levels: readonly (readonly [list: string, level: string | null | undefined])[] = [
    [species.kingdom === 'Plantae' ? 'CN_PLANT_2021' : 'CN_WILDLIFE_2021', species.national],
    ['IUCN_RL', species.iucn],
    ['CITES', species.cites],
  ];
  return levels.flatMap(([list, level]) =>
    level == null ? [] : [{ list, match, name: species.scientificName, level, note: species.note }],
  );
}
