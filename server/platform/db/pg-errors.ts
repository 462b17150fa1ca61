import createKnex from 'knex';
import { AppError } from '../errors.ts';

/** What the driver throws for an error of the database (both databases; lost statements of the embedded one too). */
export interface PgError extends Error {
  readonly code: string;
  readonly constraint?: string | undefined;
  readonly table?: string | undefined;
  readonly column?: string | undefined;
}

const SQLSTATE = {
  uniqueViolation: '23505',
  foreignKeyViolation: '23503',
  checkViolation: '23514',
  exclusionViolation: '23P01',
  serializationFailure: '40001',
  deadlockDetected: '40P01',
  lockNotAvailable: '55P03',
  queryCanceled: '57014',
  diskFull: '53100',
  tooManyConnections: '53300',
  characterNotInRepertoire: '22021',
  untranslatableCharacter: '22P05',
} as const;

const codeByConstraint = new Map<string, string>();

/** Declares which problem a broken constraint means, e.g. `uq_mine_code` → `mine-code-taken`. Called by repositories. */
export function nameConstraint(constraint: string, code: string): void {
  codeByConstraint.set(constraint, code);
}

export const isPgError = (error: unknown): error is PgError =>
  error instanceof Error &&
  'code' in error &&
  typeof error.code === 'string' &&
  /^[0-9A-Z]{5}$/.test(error.code) &&
  'severity' in error;

/** Whether the same transaction may succeed when it is simply run again. */
export const isRetryable = (error: unknown): boolean =>
  isPgError(error) && (error.code === SQLSTATE.serializationFailure || error.code === SQLSTATE.deadlockDetected);

/**
 * The product's name for a database error, from SQLSTATE and constraint name, never from the message text. What has no
 * name (our own faults: syntax, wrong SRID, unparsable geometry) is returned as it came and ends as `internal`.
 */
export function translatePgError(error: unknown): unknown {
  // All connections stayed with others for as long as one may wait: an import has the embedded database's only one to the end.
  if (error instanceof createKnex.KnexTimeoutError) return new AppError('busy', {}, { cause: error });
  if (!isPgError(error)) return error;
  const { constraint, table } = error;
  const named = constraint === undefined ? undefined : codeByConstraint.get(constraint);
  if (named !== undefined) return new AppError(named, {}, { cause: error });
  const code = generalCode(error.code);
  return code === undefined ? error : new AppError(code, { constraint, table }, { cause: error });
}

function generalCode(sqlState: string): string | undefined {
  switch (sqlState) {
    case SQLSTATE.uniqueViolation:
    case SQLSTATE.exclusionViolation:
      return 'already-exists';
    case SQLSTATE.foreignKeyViolation:
      return 'reference-broken';
    case SQLSTATE.checkViolation:
      return 'rule-broken';
    case SQLSTATE.serializationFailure:
    case SQLSTATE.deadlockDetected:
    case SQLSTATE.lockNotAvailable:
    case SQLSTATE.queryCanceled:
    case SQLSTATE.tooManyConnections:
      return 'busy';
    case SQLSTATE.diskFull:
      return 'storage-full';
    // U+0000, which JSON and addresses can carry and no text of the database can; in jsonb it has a state of its own.
    case SQLSTATE.characterNotInRepertoire:
    case SQLSTATE.untranslatableCharacter:
      return 'text-unusable';
    default:
      return undefined;
  }
}
