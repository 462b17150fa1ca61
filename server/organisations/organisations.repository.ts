import type { Queryable } from '../platform/db/database.ts';
import { loadSql } from '../platform/db/load-sql.ts';
import { nameConstraint } from '../platform/db/pg-errors.ts';
import type { NewOrganisation, OrganisationAnswer } from './organisations.contract.ts';

nameConstraint('uq_organisation_code', 'organisation-code-taken');

const listSql = loadSql<OrganisationAnswer>('organisations/sql/list-organisations.sql');

export const listOrganisations = (
  db: Queryable,
  filter: { q?: string | undefined; afterCode?: string | undefined; limit: number },
): Promise<OrganisationAnswer[]> =>
  listSql.rows(db, { code: null, q: filter.q || null, afterCode: filter.afterCode ?? null, limit: filter.limit });

export const findOrganisation = (db: Queryable, code: string): Promise<OrganisationAnswer | undefined> =>
  listSql.find(db, { code, q: null, afterCode: null, limit: 1 });

export async function insertOrganisation(
  db: Queryable,
  { code, nameZh, nameEn, kind }: NewOrganisation,
  parentId: number | null,
): Promise<void> {
  await db('organisation').insert({ code, name_zh: nameZh, name_en: nameEn, kind, parent_id: parentId });
}
