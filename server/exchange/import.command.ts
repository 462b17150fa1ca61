// `regreen import`: the same doctor and the same job as in the interface, for files beside the database.
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { AccountsService } from '../accounts/accounts.service.ts';
import type { MinesService } from '../mines/mines.service.ts';
import { AppError, notFound } from '../platform/errors.ts';
import { problemOf } from '../platform/http/problem.ts';
import type { Jobs } from '../platform/jobs/jobs.ts';
import { COMMAND_LINE, type Viewer } from '../platform/viewer.ts';
import type { ImportAnswer, ImportFinding } from './imports/imports.contract.ts';
import type { ImportsService } from './imports/imports.service.ts';

export const IMPORT_USAGE =
  'regreen import FILE… --mine CODE [--check] [--mapping JSON|@FILE] [--fixes JSON|@FILE] [--stage DST] [--on YYYY-MM-DD] ' +
  '[--scope LIC|LEG|VOL|TMPU] [--token TOKEN]';

const OPTIONS = {
  mine: { type: 'string' },
  check: { type: 'boolean' },
  mapping: { type: 'string' },
  fixes: { type: 'string' },
  stage: { type: 'string' },
  on: { type: 'string' },
  scope: { type: 'string' },
  token: { type: 'string' },
} as const;

export interface ImportArguments {
  readonly files: readonly string[];
  readonly mineCode: string;
  /** Says what is in the files and writes nothing. */
  readonly isCheck: boolean;
  /** JSON, or `@` and the file that holds it. */
  readonly mapping: string | undefined;
  readonly fixes: string | undefined;
  /** One value for all rows that have none of their own. */
  readonly defaults: Readonly<Partial<Record<'stage' | 'effectiveOn' | 'scope', string>>>;
  /** A bearer token: the import is its account's. Without one it is that of who may open the database. */
  readonly token: string | undefined;
}

interface Output {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

interface Rooms {
  readonly imports: ImportsService;
  readonly accounts: AccountsService;
  readonly mines: MinesService;
  readonly jobs: Jobs;
}

/** Who may open the database may write to it; the history says by which way. */
const LOOK_EVERY_MS = 100;

/** What the arguments ask for, or one sentence about the one that is wrong. */
export function parseImportArguments(argv: readonly string[]): ImportArguments | { readonly fault: string } {
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], options: OPTIONS, strict: true, allowPositionals: true });
  } catch (error) {
    return { fault: error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error) };
  }
  const { values, positionals } = parsed;
  if (positionals.length === 0) return { fault: 'no file is named' };
  if (values.mine === undefined || values.mine === '') return { fault: '--mine is missing' };
  const given = { stage: values.stage, effectiveOn: values.on, scope: values.scope };
  const defaults = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const { check = false, mapping, fixes, token } = values;
  return { files: positionals, mineCode: values.mine, isCheck: check, mapping, fixes, defaults, token };
}

/**
 * Examines every file, prints what was found, and writes what may be written, each file all or none. Answers the exit code: 0 when
 * every file was written (with `--check`: could be), 1 when one was not, 2 for a field that cannot be used.
 * @throws AppError `not-found` for the mine, `token-unknown`, `forbidden`
 */
export async function runImportCommand(asked: ImportArguments, rooms: Rooms, io: Output): Promise<number> {
  const viewer =
    asked.token === undefined ? COMMAND_LINE : await rooms.accounts.resolveViewer({ bearerSecret: asked.token });
  const fields = await fieldsOf(asked).catch((error: unknown) => error as Error);
  if (fields instanceof Error) {
    io.stderr.write(`regreen import: ${fields.message}\n`);
    return 2;
  }
  const mine = await findMine(rooms.mines, asked.mineCode);
  let code = 0;
  for (const path of asked.files) {
    try {
      const query = { mine, dryRun: asked.isCheck };
      const answer = await afterJob(rooms, viewer, await rooms.imports.receiveLocal(viewer, query, { path, fields }));
      tellFindings(path, answer, io);
      if (asked.isCheck && answer.findings.some(({ severity }) => severity === 'error')) code = 1;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code === 'import-refused') {
        tellFindings(path, await rooms.imports.get(viewer, Number(error.params['importId'])), io);
      }
      const isField = error.code.startsWith('import-field-');
      const { title, titleZh, detail = title, detailZh = titleZh } = problemOf(error, path, '');
      // What is wrong with a file was told as its findings.
      io.stderr.write(`${path}: ${error.code}\n  ${isField ? detail : title}\n  ${isField ? detailZh : titleZh}\n`);
      code = Math.max(code, isField ? 2 : 1);
    }
  }
  return code;
}

/** The JSON fields of an upload. @throws Error in one sentence about what cannot be read */
async function fieldsOf({ mapping, fixes, defaults, isCheck }: ImportArguments) {
  const read = async (name: string, text: string | undefined): Promise<Record<string, unknown> | undefined> => {
    if (text === undefined) return undefined;
    try {
      const value: unknown = JSON.parse(text.startsWith('@') ? await readFile(text.slice(1), 'utf8') : text);
      if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
      throw new Error('not an object');
    } catch (cause) {
      throw new Error(`--${name}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    }
  };
  const [map, mend] = [await read('mapping', mapping), await read('fixes', fixes)];
  const hasDefaults = Object.keys(defaults).length > 0;
  const merged = { ...map, ...(hasDefaults && { defaults: { ...(map?.['defaults'] as object), ...defaults } }) };
  // A check without a mapping answers what the file itself suggests.
  const isAsked = map !== undefined || hasDefaults || !isCheck;
  return {
    ...(isAsked && Object.keys(merged).length > 0 ? { mapping: JSON.stringify(merged) } : {}),
    ...(mend === undefined ? {} : { fixes: JSON.stringify(mend) }),
  };
}

async function findMine(mines: MinesService, code: string): Promise<number> {
  for (let cursor: string | undefined; ;) {
    const page = await mines.list({ q: code, limit: 1000, ...(cursor === undefined ? {} : { cursor }) });
    const mine = page.items.find(item => item.code === code);
    if (mine !== undefined) return mine.id;
    if (page.nextCursor === null) throw notFound('mine', code);
    cursor = page.nextCursor;
  }
}

async function afterJob({ imports, jobs }: Rooms, viewer: Viewer, answer: ImportAnswer): Promise<ImportAnswer> {
  if (answer.job === null) return answer;
  let job = await jobs.get(answer.job.id);
  while (job.state === 'queued' || job.state === 'running') {
    await new Promise(resolve => setTimeout(resolve, LOOK_EVERY_MS));
    job = await jobs.get(job.id);
  }
  if (job.state === 'failed') throw new AppError(job.code ?? 'internal', job.params ?? {});
  return imports.get(viewer, answer.id);
}

function tellFindings(path: string, answer: ImportAnswer, io: Output): void {
  for (const finding of answer.findings) io.stdout.write(`${path}: ${wordFinding(finding)}\n`);
  const { format, crs, rowCount, readyCount, areaM2, written, state } = answer;
  const area = `${(areaM2 / 10_000).toFixed(4)} ha`;
  io.stdout.write(
    `${path}: ${state}, ${written} written; ${format ?? 'unknown format'}, ${crs.used ?? 'no system'}, ${readyCount} of ${rowCount} rows usable, ${area}\n`,
  );
}

function wordFinding({ severity, code, row, point, position, message, fix, choices = [] }: ImportFinding): string {
  const where = [
    ...(row === undefined ? [] : [`row ${row}`]),
    ...(point === undefined ? [] : [`point ${point}`]),
    ...(position === undefined ? [] : [`at ${position.join(', ')}`]),
  ].join(', ');
  const fixes = [...(fix === undefined ? [] : [fix]), ...choices].map(
    one => `\n    ${one.label.en} · ${one.label.zh}: --fixes '${JSON.stringify(one.fixes)}'`,
  );
  return `${severity} ${code}${where === '' ? '' : ` (${where})`}\n  ${message.en}\n  ${message.zh}${fixes.join('')}`;
}
