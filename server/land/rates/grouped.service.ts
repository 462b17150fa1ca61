import type { z } from 'zod';
import { can } from '../../accounts/policy.ts';
import { MINERAL_TERMS, PROVINCE_TERMS, type Term } from '../../mines/reference/vocabulary.ts';
import type { Database } from '../../platform/db/database.ts';
import type { Viewer } from '../../platform/viewer.ts';
import { listMineFacts, type MineFacts } from '../partition/partition.repository.ts';
import { assertDefinition, makeFigures } from './figures.ts';
import * as repository from './grouped.repository.ts';
import { hashGroup } from './ledger-hash.ts';
import type { groupedAnswer, GroupedQuery } from './rates.contract.ts';
import { lastDayBeforeYear, yearOf } from './rates.service.ts';

export interface GroupedRatesService {
  /**
   * Rates of groups of mines, sum over sum; organisations include all below them. Land that two ledgers hold counts
   * with the mine that answers for it, once. Mines whose working ledger the
   * viewer may not read count with their newest published period, or not at all. @throws AppError `scope-mismatch`
   */
  getGrouped(viewer: Viewer, query: GroupedQuery): Promise<z.input<typeof groupedAnswer>>;
}

/** A line of the answer: the keys of the rows that belong to it. */
interface Group {
  readonly key: string;
  readonly nameZh: string;
  readonly nameEn: string;
  readonly rowKeys: ReadonlySet<string | null>;
}

export function createGroupedRatesService(deps: { db: Database; now?: () => Date }): GroupedRatesService {
  const { db, now = () => new Date() } = deps;
  return {
    async getGrouped(viewer, query) {
      assertDefinition(query);
      const today = now().toISOString().slice(0, 10);
      const { groupBy } = query;
      const mines = await listMineFacts(db.knex, query.asAt ?? today, yearOf(query.asAt ?? today));
      const isWorking = (mine: MineFacts) => can(viewer, 'land.readWorking', { organisationId: mine.organisationId });
      const working = mines.filter(isWorking);
      const published = mines.filter(mine => !isWorking(mine) && mine.periodId !== null);
      const asAt = query.asAt ?? (working.length > 0 ? today : (latest(published) ?? today));
      const selection = {
        groupBy,
        mineIds: working.map(mine => mine.mineId),
        periodIds: published.map(mine => mine.periodId ?? 0),
      };
      const shares = await repository.listGroupShares(db.knex, selection, asAt);
      const shared = await repository.listSharedLand(db.knex, selection, asAt);
      const passed = await repository.listGroupTransitions(db.knex, selection, lastDayBeforeYear(asAt), asAt);
      const sharesByKey = groupRows([...shares, ...shared.map(takenOff)], row => row.key);
      const sharedByKey = groupRows(shared, row => row.key);
      const passedByKey = groupRows(passed, row => row.key);
      const readByKey = groupRows([...working, ...published], mine => rowKey(mine, groupBy));
      const groups = await listGroups(mines);
      return { groupBy, asAt, items: groups.map(toItem) };

      function toItem(group: Group) {
        const keys = [...group.rowKeys];
        const read = keys.flatMap(key => readByKey.get(key) ?? []);
        const rows = keys.flatMap(key => sharesByKey.get(key) ?? []);
        const ledgers = read.map(mine =>
          isWorking(mine) ? `mine ${mine.code} ${mine.landRevision}` : `period ${String(mine.periodId)}`,
        );
        const source = read.length === 0 ? 'none' : read.every(isWorking) ? 'working' : 'published';
        return {
          key: group.key,
          nameZh: group.nameZh,
          nameEn: group.nameEn,
          mineCount: read.length,
          asAt,
          knownAt: null,
          sharedM2: keys
            .flatMap(key => sharedByKey.get(key) ?? [])
            .reduce((sum, row) => (query.scope.includes(row.scope) ? sum + row.areaM2 : sum), 0),
          ...makeFigures(
            {
              shares: rows,
              yearToDate: keys.flatMap(key => passedByKey.get(key) ?? []),
              plannedM2: sumOrNull(read.map(mine => planOf(mine, isWorking(mine), asAt))),
              responsibilityM2: sumOrNull(read.map(mine => mine.responsibilityM2)),
              source,
              ledgerHash: hashGroup(ledgers, rows),
            },
            query,
          ),
        };
      }

      async function listGroups(all: readonly MineFacts[]): Promise<Group[]> {
        if (groupBy === 'organisation') return organisationGroups(all, await repository.listOrganisations(db.knex));
        if (groupBy === 'mine') {
          const names = await repository.listMineNames(db.knex);
          return all.map(({ mineId, code }) => {
            const { nameZh, nameEn } = names.get(mineId) ?? { nameZh: code, nameEn: code };
            return { key: code, nameZh, nameEn, rowKeys: new Set([String(mineId)]) };
          });
        }
        const terms = groupBy === 'province' ? PROVINCE_TERMS : MINERAL_TERMS;
        const keys = [...new Set(all.map(mine => rowKey(mine, groupBy)))].toSorted((a, b) =>
          (a ?? '').localeCompare(b ?? '', 'en'),
        );
        return keys.map(key => termGroup(key, terms));
      }
    },
  };
}

const takenOff = (row: repository.KeyedShare): repository.KeyedShare => ({ ...row, areaM2: -row.areaM2 });

function groupRows<T>(rows: readonly T[], keyOf: (row: T) => string | null): Map<string | null, T[]> {
  const groups = new Map<string | null, T[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const group = groups.get(key);
    if (group) group.push(row);
    else groups.set(key, [row]);
  }
  return groups;
}

function rowKey(mine: MineFacts, groupBy: GroupedQuery['groupBy']): string | null {
  if (groupBy === 'mine') return String(mine.mineId);
  if (groupBy === 'organisation') return String(mine.organisationId);
  return groupBy === 'province' ? mine.province : mine.mineral;
}

function termGroup(key: string | null, terms: readonly Term[]): Group {
  const term = terms.find(({ code }) => code === key);
  return {
    key: key ?? '',
    nameZh: term?.nameZh ?? key ?? '',
    nameEn: term?.nameEn ?? key ?? '',
    rowKeys: new Set([key]),
  };
}

/** Every organisation that has mines at or below it, with the ids of all of them. */
function organisationGroups(
  mines: readonly MineFacts[],
  organisations: readonly repository.OrganisationRow[],
): Group[] {
  const parents = new Map(organisations.map(row => [row.id, row.parentId]));
  const below = new Map<number, Set<string>>();
  for (const id of new Set(mines.map(mine => mine.organisationId))) {
    // A tree by constraint; the guard keeps a damaged one from hanging the request.
    const seen = new Set<number>();
    for (let at: number | null | undefined = id; at != null && !seen.has(at); at = parents.get(at)) {
      seen.add(at);
      below.set(at, (below.get(at) ?? new Set<string>()).add(String(id)));
    }
  }
  return organisations.flatMap(({ id, code, nameZh, nameEn }) => {
    const rowKeys = below.get(id);
    return rowKeys === undefined ? [] : [{ key: code, nameZh, nameEn, rowKeys }];
  });
}

function planOf(mine: MineFacts, isWorking: boolean, asAt: string): number | null {
  return isWorking ? mine.plannedM2 : (mine.periodPlans?.[asAt.slice(0, 4)] ?? null);
}

function sumOrNull(values: readonly (number | null)[]): number | null {
  const known = values.filter(value => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
}

const latest = (mines: readonly MineFacts[]): string | undefined =>
  mines
    .map(mine => mine.periodAsAt ?? '')
    .toSorted()
    .at(-1);
