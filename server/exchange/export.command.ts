// `regreen export`: the same file that the interface gives, written beside the database.
import { copyFile, rename, rm } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import type { AccountsService } from '../accounts/accounts.service.ts';
import type { ExportService } from './export/export.service.ts';
import { exportQuery, EXPORT_FORMATS, EXPORT_WHATS, type ExportQuery } from './export/export.contract.ts';

export const EXPORT_USAGE =
  `regreen export --what ${EXPORT_WHATS.join('|')} [--format ${EXPORT_FORMATS.join('|')}] [--mine 1,2] [--organisation CODE] ` +
  '[--province CODE] [--mineral CODE] [--stage CMP,CRT] [--as-at YYYY-MM-DD] [--known-at INSTANT] [--crs EPSG:4527|auto] ' +
  '[--encoding utf-8|utf-8-bom|gbk|gb18030] [--paper a3|a4] [--scale 10000] [--token TOKEN] --out FILE';

const OPTIONS = {
  what: { type: 'string' },
  format: { type: 'string' },
  mine: { type: 'string' },
  organisation: { type: 'string' },
  province: { type: 'string' },
  mineral: { type: 'string' },
  stage: { type: 'string' },
  'as-at': { type: 'string' },
  'known-at': { type: 'string' },
  crs: { type: 'string' },
  encoding: { type: 'string' },
  paper: { type: 'string' },
  scale: { type: 'string' },
  token: { type: 'string' },
  out: { type: 'string' },
} as const;

export interface ExportArguments {
  readonly query: ExportQuery;
  /** A bearer token: the export is what its account may see. Without one it is what the public may see. */
  readonly token: string | undefined;
  readonly out: string;
}

/** What the arguments ask for, or one sentence about the one that is wrong. */
export function parseExportArguments(argv: readonly string[]): ExportArguments | { readonly fault: string } {
  let given: Partial<Record<keyof typeof OPTIONS, string>>;
  try {
    given = parseArgs({ args: [...argv], options: OPTIONS, strict: true, allowPositionals: false }).values;
  } catch (error) {
    return { fault: error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error) };
  }
  const { out, token, 'as-at': asAt, 'known-at': knownAt, ...rest } = given;
  if (out === undefined || out === '') return { fault: '--out is missing' };
  const parsed = exportQuery.safeParse({ ...rest, asAt, knownAt });
  if (parsed.success) return { query: parsed.data, token, out };
  const [issue] = parsed.error.issues;
  const name = String(issue?.path[0] ?? 'what').replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
  return { fault: `--${name}: ${issue?.message ?? 'not usable'}` };
}

/** Answers the exit code: 0, or 2 for arguments that cannot be used. @throws AppError as `ExportService.write` */
export async function runExportCommand(
  { query, token, out }: ExportArguments,
  rooms: { readonly exports: ExportService; readonly accounts: AccountsService },
  io: { readonly stdout: { write(text: string): unknown } },
): Promise<number> {
  const viewer = await rooms.accounts.resolveViewer({ bearerSecret: token });
  const file = await rooms.exports.write(viewer, query);
  const draft = `${out}.part`;
  try {
    await copyFile(file.path, draft);
    await rename(draft, out);
  } finally {
    await rm(draft, { force: true });
    await file.discard();
  }
  const left = file.leftOut === 0 ? '' : `, ${file.leftOut} left out`;
  io.stdout.write(`${out}: ${file.records} records${left}, ${file.crs}, read as ${viewer.role}\n`);
  return 0;
}
