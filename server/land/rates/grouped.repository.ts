import type { StageArea } from '../../../gis/ledger/areas.ts';
import type { Transition } from '../../../gis/ledger/reconciliation.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { loadSql } from '../../platform/db/load-sql.ts';
import { asTransition } from '../partition/partition.repository.ts';
import type { Grouping } from './rates.contract.ts';

/** `key` is the id of an organisation or mine, or a province or mineral code; null where a mine has none. */
export type KeyedShare = StageArea & { readonly key: string | null };
export type KeyedTransition = Transition & { readonly key: string | null };

export interface OrganisationRow {
  readonly id: number;
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly parentId: number | null;
}

const sharesSql = loadSql<KeyedShare>('land/sql/group/stage-areas.sql');
const publishedSharesSql = loadSql<KeyedShare>('land/sql/group/published-stage-areas.sql');
const transitionsSql = loadSql<KeyedTransition & { isRounding: boolean }>('land/sql/group/transitions.sql');
const publishedTransitionsSql = loadSql<KeyedTransition & { isRounding: boolean }>(
  'land/sql/group/published-transitions.sql',
);
const organisationsSql = loadSql<OrganisationRow>('land/sql/group/organisations.sql');

const toArray = (ids: readonly number[]): string => `{${ids.join(',')}}`;

/** Mines read from the working ledger, and published periods read instead of the others. */
export interface GroupSelection {
  readonly groupBy: Grouping;
  readonly mineIds: readonly number[];
  readonly periodIds: readonly number[];
}

export async function listGroupShares(db: Queryable, group: GroupSelection, asAt: string): Promise<KeyedShare[]> {
  const { groupBy, mineIds, periodIds } = group;
  const working = mineIds.length > 0 ? await sharesSql.rows(db, { mineIds: toArray(mineIds), asAt, groupBy }) : [];
  if (periodIds.length === 0) return working;
  return [...working, ...(await publishedSharesSql.rows(db, { periodIds: toArray(periodIds), asAt, groupBy }))];
}

export async function listGroupTransitions(
  db: Queryable,
  group: GroupSelection,
  afterDate: string,
  untilDate: string,
): Promise<KeyedTransition[]> {
  const { groupBy, mineIds, periodIds } = group;
  const range = { afterDate, untilDate, groupBy };
  const working = mineIds.length > 0 ? await transitionsSql.rows(db, { mineIds: toArray(mineIds), ...range }) : [];
  const published =
    periodIds.length > 0 ? await publishedTransitionsSql.rows(db, { periodIds: toArray(periodIds), ...range }) : [];
  return [...working, ...published].map(asTransition);
}

export const listOrganisations = (db: Queryable): Promise<OrganisationRow[]> => organisationsSql.rows(db, {});
