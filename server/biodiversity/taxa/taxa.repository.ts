import type { Queryable } from '../../platform/db/database.ts';
import { loadSql } from '../../platform/db/load-sql.ts';
import { nameConstraint } from '../../platform/db/pg-errors.ts';
import type { StatusEntry } from './resolve-statuses.ts';
import type { NewTaxon, TaxonAnswer } from './taxa.contract.ts';

nameConstraint('uq_taxon_scientific_name', 'taxon-taken');

export type TaxonRow = Omit<TaxonAnswer, 'statuses'>;

const listSql = loadSql<TaxonRow>('biodiversity/taxa/sql/list-taxa.sql');
const entriesSql = loadSql<StatusEntry>('biodiversity/taxa/sql/list-status-entries.sql');

const NO_FILTER = { ids: null, scientificName: null, q: null, afterName: null, limit: 1000 };

export const listTaxa = (
  db: Queryable,
  filter: { q?: string | undefined; afterName?: string | undefined; limit: number },
): Promise<TaxonRow[]> =>
  listSql.rows(db, { ...NO_FILTER, q: filter.q || null, afterName: filter.afterName ?? null, limit: filter.limit });

export const listTaxaByIds = (db: Queryable, ids: readonly number[]): Promise<TaxonRow[]> =>
  listSql.rows(db, { ...NO_FILTER, ids: JSON.stringify(ids), limit: ids.length });

export const findTaxonByName = (db: Queryable, scientificName: string): Promise<TaxonRow | undefined> =>
  listSql.find(db, { ...NO_FILTER, scientificName });

/** Entries that name one of these species, genera or families. */
export const listStatusEntries = (db: Queryable, names: readonly string[]): Promise<StatusEntry[]> =>
  entriesSql.rows(db, { names: JSON.stringify(names) });

export async function insertTaxon(db: Queryable, taxon: NewTaxon): Promise<number> {
  const [row] = (await db('taxon')
    .insert({
      scientific_name: taxon.scientificName,
      name_zh: taxon.nameZh,
      name_en: taxon.nameEn,
      rank: taxon.rank,
      kingdom: taxon.kingdom,
      class: taxon.class,
      family: taxon.family,
      genus: taxon.genus,
      gbif_key: taxon.gbifKey,
    })
    .returning('id')) as { id: number }[];
  if (!row) throw new Error('insert into taxon returned no row');
  return row.id;
}

export interface StatusListRow {
  readonly code: string;
  readonly jurisdiction: string;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly version: string;
}

export async function insertMissingList(db: Queryable, list: StatusListRow): Promise<void> {
  await db('status_list')
    .insert({
      code: list.code,
      jurisdiction: list.jurisdiction,
      title_zh: list.titleZh,
      title_en: list.titleEn,
      version: list.version,
    })
    .onConflict('code')
    .ignore();
}

export async function insertMissingEntries(
  db: Queryable,
  entries: readonly (Omit<StatusEntry, 'exceptions'> & { note?: string | undefined })[],
): Promise<void> {
  await db('status_entry')
    .insert(
      entries.map(({ list, match, name, level, note }) => ({
        list_code: list,
        match,
        name,
        level,
        note: note ?? null,
      })),
    )
    .onConflict(['list_code', 'match', 'name'])
    .ignore();
}
