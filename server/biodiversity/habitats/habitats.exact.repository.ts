import type { Box } from '../../../gis/types.ts';
import type { Queryable } from '../../platform/db/database.ts';
import { loadSql } from '../../platform/db/load-sql.ts';
import type { PlaceScope } from '../policy.ts';
import { toParams, type HabitatFilter, type HabitatRow, type HabitatTileRow } from './habitats.public.repository.ts';

type ExactScope = Pick<Extract<PlaceScope, { store: 'exact' }>, 'categories'>;

/** For work that no viewer sees the places of: writing, statistics. */
export const EVERYTHING: ExactScope = { categories: [1, 2, 3, 4] };

const listSql = loadSql<HabitatRow>('biodiversity/habitats/sql/list-habitats.exact.sql');
const tileSql = loadSql<HabitatTileRow>('biodiversity/habitats/sql/habitat-tile-rows.exact.sql');

const scopeParams = ({ categories }: ExactScope) => ({ categories: JSON.stringify(categories) });

/** Open patches, and the sensitive ones that the scope names. */
export const listExactHabitats = (db: Queryable, scope: ExactScope, filter: HabitatFilter): Promise<HabitatRow[]> =>
  listSql.rows(db, { ...scopeParams(scope), ...toParams(filter) });

export const listExactHabitatTileRows = (
  db: Queryable,
  scope: ExactScope,
  asAt: string,
  box: Box,
): Promise<HabitatTileRow[]> =>
  tileSql.rows(db, { ...scopeParams(scope), asAt, west: box[0], south: box[1], east: box[2], north: box[3] });
