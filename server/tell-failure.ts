import { ConfigError } from './platform/config.ts';
import { AppError, nameFullDisk } from './platform/errors.ts';
import { wordProblem } from './platform/http/problem.ts';

/** Where a command talks to its caller. */
export interface Io {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/** `path-unusable` {path, reason} for a file or folder that the operating system refuses: no rights, read-only, a file in the way. */
function nameFileFault(error: unknown): unknown {
  if (!(error instanceof Error && 'syscall' in error && 'path' in error && 'code' in error)) return nameFullDisk(error);
  return new AppError('path-unusable', { path: error.path, reason: error.code }, { cause: error });
}

/** Words a failure in both languages; what has no name is thrown on. Returns the exit code. */
export function tellFailure(error: unknown, io: Io): number {
  if (error instanceof ConfigError) {
    io.stderr.write(`${error.message}\n`);
    return 2;
  }
  const named = nameFileFault(error);
  if (!(named instanceof AppError)) throw error;
  const { en, zh } = wordProblem(named.code, named.params);
  io.stderr.write(`regreen: ${named.code}\n${en}\n${zh}\n`);
  return 1;
}
