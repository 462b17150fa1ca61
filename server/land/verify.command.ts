import type { Database } from '../platform/db/database.ts';
import { listFaults, listMines, type LedgerFault } from './verify/verify.repository.ts';

interface Output {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/** Faults told of one mine; a broken ledger has thousands that say the same. */
const MOST_TOLD = 20;

/**
 * `regreen verify`: rebuilds every mine's partition from its events by a method of its own and compares it with the stored cells on every
 * date on which anything changed; checks that cells sum to the union, that what passed from stage to stage explains every change,
 * and that published periods still give their hash. One line a fault with mine, date and event on stderr.
 * Resolves with the exit code: 0 sound, 1 faults.
 */
export async function runVerifyCommand(db: Database, io: Output): Promise<number> {
  const mines = await listMines(db.knex);
  let count = 0;
  for (const mine of mines) {
    const faults = await db.transaction(tx => listFaults(tx, mine.id));
    count += faults.length;
    for (const fault of faults.slice(0, MOST_TOLD)) io.stderr.write(`${mine.code}: ${tell(fault)}\n`);
    if (faults.length > MOST_TOLD) io.stderr.write(`${mine.code}: and ${faults.length - MOST_TOLD} faults more\n`);
  }
  io.stdout.write(`Ledgers of ${mines.length} mines checked: ${count === 0 ? 'sound' : `${count} faults`}\n`);
  return count === 0 ? 0 : 1;
}

function tell(fault: LedgerFault): string {
  const { eventId, stage, periodId, expectedM2, storedM2, misplacedM2 } = fault;
  const parts = [
    fault.onDate,
    fault.fault,
    eventId === undefined ? '' : `event ${eventId}`,
    stage === undefined ? '' : `stage ${stage}`,
    periodId === undefined ? '' : `period ${periodId}`,
    expectedM2 === undefined ? '' : `expected ${expectedM2.toFixed(2)} m², found ${(storedM2 ?? 0).toFixed(2)} m²`,
    misplacedM2 === undefined || misplacedM2 < 0.01 ? '' : `${misplacedM2.toFixed(2)} m² in the wrong place`,
  ];
  return parts.filter(part => part !== '').join(' ');
}
