import type { Queryable } from '../../platform/db/database.ts';
import { loadSql } from '../../platform/db/load-sql.ts';

/** A fault of a mine's ledger: where in time, which event, and what it should be. Areas m². */
export interface LedgerFault {
  readonly fault:
    | 'cells-differ-from-events'
    | 'cell-of-retracted-event'
    | 'cell-of-another-mine'
    | 'cell-differs-from-event'
    | 'cells-overlap-in-time'
    | 'passage-of-another-mine'
    | 'area-differs-from-outline'
    | 'outline-not-sound'
    | 'sum-differs-from-union'
    | 'passages-differ-from-cells'
    | 'published-hash-differs';
  readonly onDate: string;
  readonly eventId?: number | undefined;
  readonly stage?: string | undefined;
  readonly periodId?: number | undefined;
  readonly expectedM2?: number | undefined;
  readonly storedM2?: number | undefined;
  /** Of what is stored, how much lies where it should not. */
  readonly misplacedM2?: number | undefined;
}

const cellsSql = loadSql<{
  eventId: number;
  onDate: string;
  expectedM2: number;
  storedM2: number;
  misplacedM2: number;
}>('land/sql/verify/cells.sql');
const straysSql = loadSql<{ eventId: number; onDate: string; fault: LedgerFault['fault'] }>(
  'land/sql/verify/strays.sql',
);
const measuresSql = loadSql<{
  eventId: number;
  onDate: string;
  fault: LedgerFault['fault'];
  expectedM2: number;
  storedM2: number;
}>('land/sql/verify/measures.sql');
const sumsSql = loadSql<{ onDate: string; unionM2: number; cellsM2: number }>('land/sql/verify/sums.sql');
const passagesSql = loadSql<{ onDate: string; stage: string; cellsM2: number; passedM2: number }>(
  'land/sql/verify/passages.sql',
);
const periodsSql = loadSql<{ periodId: number; asAt: string }>('land/sql/verify/periods.sql');

/** Every fault of one mine's ledger, by a method of its own; empty = sound. Takes milliseconds an event. */
export async function listFaults(tx: Queryable, mineId: number): Promise<LedgerFault[]> {
  await tx.raw('set local statement_timeout = 0');
  const cells = await cellsSql.rows(tx, { mineId });
  const strays = await straysSql.rows(tx, { mineId });
  const measures = await measuresSql.rows(tx, { mineId });
  const sums = await sumsSql.rows(tx, { mineId });
  const passages = await passagesSql.rows(tx, { mineId });
  const periods = await periodsSql.rows(tx, { mineId });
  return [
    ...cells.map(row => ({ fault: 'cells-differ-from-events' as const, ...row })),
    ...strays,
    ...measures,
    ...sums.map(({ onDate, unionM2, cellsM2 }) => ({
      fault: 'sum-differs-from-union' as const,
      onDate,
      expectedM2: unionM2,
      storedM2: cellsM2,
    })),
    ...passages.map(({ onDate, stage, cellsM2, passedM2 }) => ({
      fault: 'passages-differ-from-cells' as const,
      onDate,
      stage,
      expectedM2: cellsM2,
      storedM2: passedM2,
    })),
    ...periods.map(({ periodId, asAt }) => ({ fault: 'published-hash-differs' as const, onDate: asAt, periodId })),
  ];
}

export const listMines = async (db: Queryable): Promise<{ id: number; code: string }[]> =>
  (await db('mine').orderBy('code').select('id', 'code')) as { id: number; code: string }[];
