import type { Database } from '../platform/db/database.ts';
import { COMMAND_LINE } from '../platform/viewer.ts';
import type { EventsService } from './events/events.service.ts';
import { listFaults, listMines, type LedgerFault } from './verify/verify.repository.ts';

interface Output {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

export const VERIFY_USAGE = `regreen verify: rebuild every land ledger from its events and compare; exit code 1 when one is not sound

  --mend   derive cells and passages that differ from their events anew, one mine at a time: each as a whole or not at all.
           Events and published periods stay as they are. Exit code 1 when anything is left.`;

/** `fault` names what cannot be used. */
export function parseVerifyArguments(
  argv: readonly string[],
): { readonly isMending: boolean } | { readonly fault: string } {
  const unknown = argv.find(argument => argument !== '--mend');
  return unknown === undefined ? { isMending: argv.length > 0 } : { fault: `no option ${unknown}` };
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
    tellAll(mine.code, faults, io);
  }
  return conclude(mines.length, count, io);
}

/**
 * `regreen verify --mend`: the same, and ledgers that differ from their events are derived from them anew, each in a transaction of its own.
 * What was mended is told on stdout, what is left on stderr. Resolves with 0 when all are sound in the end, else 1.
 */
export async function runMendCommand(db: Database, events: EventsService, io: Output): Promise<number> {
  const mines = await listMines(db.knex);
  let count = 0;
  for (const mine of mines) {
    // Most ledgers are sound: nothing is locked nor counted as a change for having been looked at.
    if ((await db.transaction(tx => listFaults(tx, mine.id))).length === 0) continue;
    const { derived, before, after } = await events.mend(COMMAND_LINE, mine.id);
    count += after.length;
    const mended = before.length - after.length;
    if (derived !== null)
      io.stdout.write(
        `${mine.code}: ${derived.replaceAll('-', ' ')} derived anew, ${mended} of ${before.length} faults mended\n`,
      );
    tellAll(mine.code, after, io);
  }
  return conclude(mines.length, count, io);
}

function tellAll(mineCode: string, faults: readonly LedgerFault[], io: Output): void {
  for (const fault of faults.slice(0, MOST_TOLD)) io.stderr.write(`${mineCode}: ${tell(fault)}\n`);
  if (faults.length > MOST_TOLD) io.stderr.write(`${mineCode}: and ${faults.length - MOST_TOLD} faults more\n`);
}

function conclude(mineCount: number, faultCount: number, io: Output): number {
  io.stdout.write(`Ledgers of ${mineCount} mines checked: ${faultCount === 0 ? 'sound' : `${faultCount} faults`}\n`);
  return faultCount === 0 ? 0 : 1;
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
