import { migrations } from '../migrations/index.ts';
import { createContainer, openFoundations, type Foundations } from './container.ts';
import { WRITE_IMPORT } from './exchange/imports/examination/examine-upload.ts';
import type { Config } from './platform/config.ts';
import type { Database } from './platform/db/database.ts';
import { pendingMigrations } from './platform/db/migrate.ts';
import { openDatabase } from './platform/db/open-database.ts';
import { AppError } from './platform/errors.ts';
import { createLog } from './platform/log.ts';
import { prepare, seed } from './prepare.ts';
import type { Io } from './tell-failure.ts';

/** How long the jobs of an errand may take once it is over. */
const JOBS_GRACE_MS = 20_000;

/** Brings the database to this version and ends. */
export async function runMigrate(config: Config, io: Io): Promise<number> {
  const container = await prepare(
    config,
    text => void io.stdout.write(`${text}\n`),
    () => process.exit(1),
  );
  await container.jobs.stop(0);
  await container.database.close();
  io.stdout.write('The database is current.\n');
  return 0;
}

/** Loads the samples and demo accounts where they are missing, and ends. Their scenes are computed when jobs next run. */
export async function runSeed(config: Config, io: Io): Promise<number> {
  const say = (text: string): void => void io.stdout.write(`${text}\n`);
  const container = await prepare(config, say, () => process.exit(1));
  await seed(container, say);
  await container.housekeeping.run();
  await container.jobs.stop(0);
  await container.database.close();
  say('The samples are there.');
  return 0;
}

/** Compares the stored ledger with its events; changes nothing unless it is told to mend it. Resolves with 1 when it is not sound. */
export async function runVerify(config: Config, argv: readonly string[], io: Io): Promise<number> {
  const { parseVerifyArguments, runMendCommand, runVerifyCommand, VERIFY_USAGE } =
    await import('./land/verify.command.ts');
  const asked = readArguments('verify', VERIFY_USAGE, parseVerifyArguments, argv, io);
  if (typeof asked === 'number') return asked;
  if (asked.isMending)
    return onFoundations(config, 0, async foundations => {
      const { land } = createContainer(foundations);
      await foundations.jobs.prepare();
      return runMendCommand(foundations.database, land.events, io);
    });
  const database = await openDatabase({ url: config.databaseUrl, dataDir: config.dataDir });
  try {
    await assertCurrent(database);
    return await runVerifyCommand(database, io);
  } finally {
    await database.close();
  }
}

/** Writes one export beside the database. Resolves with 2 for arguments that cannot be used. */
export async function runExport(config: Config, argv: readonly string[], io: Io): Promise<number> {
  const { EXPORT_USAGE, parseExportArguments, runExportCommand } = await import('./exchange/export.command.ts');
  const asked = readArguments('export', EXPORT_USAGE, parseExportArguments, argv, io);
  if (typeof asked === 'number') return asked;
  return onFoundations(config, 0, foundations => runExportCommand(asked, createContainer(foundations), io));
}

/** Examines files beside the database and writes them in jobs of this process. Resolves with 2 for arguments that cannot be used. */
export async function runImport(config: Config, argv: readonly string[], io: Io): Promise<number> {
  const { IMPORT_USAGE, parseImportArguments, runImportCommand } = await import('./exchange/import.command.ts');
  const asked = readArguments('import', IMPORT_USAGE, parseImportArguments, argv, io);
  if (typeof asked === 'number') return asked;
  return onFoundations(config, JOBS_GRACE_MS, async foundations => {
    const container = createContainer(foundations);
    await foundations.jobs.prepare();
    if (!asked.isCheck) await foundations.jobs.work([WRITE_IMPORT]);
    return runImportCommand(asked, container, io);
  });
}

/** What a command was asked, or its exit code where that is the end of it: help that was wished for, or arguments that cannot be used. */
function readArguments<T extends object>(
  command: string,
  usage: string,
  parse: (argv: readonly string[]) => T | { readonly fault: string },
  argv: readonly string[],
  io: Io,
): T | number {
  if (argv.includes('--help')) {
    io.stdout.write(`${usage}\n`);
    return 0;
  }
  const parsed = parse(argv);
  if (!('fault' in parsed)) return parsed;
  io.stderr.write(`regreen ${command}: ${parsed.fault}\n`);
  return 2;
}

/** Runs work on a database that is at this version already: an errand does not change the schema under a server. */
async function onFoundations(
  config: Config,
  graceMs: number,
  work: (foundations: Foundations) => Promise<number>,
): Promise<number> {
  const tell = { onProgress: () => undefined, onLost: () => process.exit(1) };
  const foundations = await openFoundations(config, createLog(config.logLevel), tell);
  try {
    await assertCurrent(foundations.database);
    return await work(foundations);
  } finally {
    await foundations.jobs.stop(graceMs);
    await foundations.database.close();
  }
}

/** @throws AppError `database-not-migrated` */
async function assertCurrent(database: Database): Promise<void> {
  const missing = await pendingMigrations(database, migrations);
  if (missing.length > 0) throw new AppError('database-not-migrated', { migrations: missing.join(', ') });
}
