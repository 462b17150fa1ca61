import type { StageArea } from '../../../gis/ledger/areas.ts';
import type { Transition } from '../../../gis/ledger/reconciliation.ts';
import { STAGE_CODES } from '../../../gis/ledger/stages.ts';
import { EVIDENCE_GRADES, SCOPES } from '../../../gis/ledger/vocabulary.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { loadSql } from '../../platform/db/load-sql.ts';
import { asTransition } from '../partition/partition.repository.ts';
import type { Grouping } from './rates.contract.ts';

/** `key` is the id of an organisation or mine, or a province or mineral code; null where a mine has none. */
export type KeyedShare = StageArea & { readonly key: string | null };
export type KeyedTransition = Transition & { readonly key: string | null };

interface PackedShare {
  readonly key: string | null;
  readonly shareKey: number;
  readonly areaM2: number;
}

export interface OrganisationRow {
  readonly id: number;
  readonly code: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly parentId: number | null;
}

export type MineName = Pick<OrganisationRow, 'nameZh' | 'nameEn'>;

const sharesSql = loadSql<PackedShare>('land/sql/group/stage-areas.sql');
const publishedSharesSql = loadSql<PackedShare>('land/sql/group/published-stage-areas.sql');
const transitionsSql = loadSql<KeyedTransition & { isRounding: boolean }>('land/sql/group/transitions.sql');
const publishedTransitionsSql = loadSql<KeyedTransition & { isRounding: boolean }>(
  'land/sql/group/published-transitions.sql',
);
const sharedSql = loadSql<PackedShare>('land/sql/group/shared-land.sql');
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
  const published =
    periodIds.length > 0 ? await publishedSharesSql.rows(db, { periodIds: toArray(periodIds), asAt, groupBy }) : [];
  return [...working, ...published].map(unpack);
}

/** What has to be taken off mines because another mine answers for that land: areas by the key and share of the mine that does not. */
export async function listSharedLand(db: Queryable, group: GroupSelection, asAt: string): Promise<KeyedShare[]> {
  const { groupBy, mineIds, periodIds } = group;
  if (mineIds.length + periodIds.length < 2) return [];
  // Planning the statement costs more than finding out that there is nothing to ask it.
  if ((await db('land_finding').where({ code: 'land-of-another-mine' }).first('id')) === undefined) return [];
  const params = { mineIds: toArray(mineIds), periodIds: toArray(periodIds), asAt, groupBy };
  return (await sharedSql.rows(db, params)).map(unpack);
}

/** The reverse of the database's `land_share_key`: 100 x stage rank + 10 x place of the scope in its list + evidence grade. */
function unpack({ key, shareKey, areaM2 }: PackedShare): KeyedShare {
  const stage = STAGE_CODES[Math.floor(shareKey / 100)];
  const scope = SCOPES[Math.floor(shareKey / 10) % 10];
  const evidenceGrade = EVIDENCE_GRADES[shareKey % 10];
  if (stage === undefined || scope === undefined || evidenceGrade === undefined) {
    throw new RangeError(`share key ${shareKey}`);
  }
  return { key, stage, scope, evidenceGrade, areaM2 };
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

/** Names of all mines by id: asked only where mines are the lines of the answer, since a thousand of them take longer than the sums. */
export async function listMineNames(db: Queryable): Promise<ReadonlyMap<number, MineName>> {
  const rows: (MineName & { id: number })[] = await db('mine').select({
    id: 'id',
    nameZh: 'name_zh',
    nameEn: 'name_en',
  });
  return new Map(rows.map(({ id, ...name }) => [id, name]));
}
