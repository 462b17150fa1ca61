import type { Box, Position } from '../../../gis/types.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { loadSql } from '../../platform/db/load-sql.ts';
import type { PlaceScope } from '../policy.ts';
import type { NewOccurrence } from './occurrences.contract.ts';
import {
  toParams,
  type OccurrenceFilter,
  type OccurrenceRow,
  type OccurrenceTileRow,
} from './occurrences.public.repository.ts';

type ExactScope = Pick<Extract<PlaceScope, { store: 'exact' }>, 'categories'>;

const EVERYTHING: ExactScope = { categories: [1, 2, 3, 4] };

const listSql = loadSql<OccurrenceRow>('biodiversity/occurrences/sql/list-occurrences.exact.sql');
const tileSql = loadSql<OccurrenceTileRow>('biodiversity/occurrences/sql/occurrence-tile-rows.exact.sql');
const insertSql = loadSql<{ id: string }>('biodiversity/occurrences/sql/insert-occurrence.sql');
const insertPlaceSql = loadSql<{ id: string }>('biodiversity/occurrences/sql/insert-exact-place.sql');

const scopeParams = ({ categories }: ExactScope) => ({ categories: JSON.stringify(categories) });

/** Open records, and the sensitive ones that the scope names. */
export const listExactOccurrences = (
  db: Queryable,
  scope: ExactScope,
  filter: OccurrenceFilter,
): Promise<OccurrenceRow[]> => listSql.rows(db, { ...scopeParams(scope), ...toParams(filter) });

export const listExactOccurrenceTileRows = (
  db: Queryable,
  scope: ExactScope,
  asAt: string,
  box: Box,
): Promise<OccurrenceTileRow[]> =>
  tileSql.rows(db, { ...scopeParams(scope), asAt, west: box[0], south: box[1], east: box[2], north: box[3] });

export type OccurrenceFields = Omit<
  NewOccurrence['properties'],
  'scientificName' | 'sensitivity' | 'sensitivityReason'
> & { readonly sensitivity: number; readonly sensitivityReason: string | null };

/** Writes the record, and its place into the store that its category calls for. */
export async function insertOccurrence(
  tx: Queryable,
  mineId: number,
  fields: OccurrenceFields,
  place: Position,
): Promise<OccurrenceRow> {
  const geometry = JSON.stringify({ type: 'Point', coordinates: place });
  const isOpen = fields.sensitivity === 0;
  const { id } = await insertSql.one(tx, { mineId, ...fields, openGeometry: isOpen ? geometry : null });
  if (!isOpen) await insertPlaceSql.one(tx, { id, geometry });
  const [row] = await listExactOccurrences(tx, EVERYTHING, { mineId, occurrenceId: id, limit: 1 });
  if (!row) throw new Error('occurrence vanished in its own transaction');
  return row;
}
