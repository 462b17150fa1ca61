/**
 * A fault that the product can name. `code` is a key of the problem table (`platform/http/problem.ts`), which alone
 * decides the HTTP status; `params` fill the sentence that the code has in both languages.
 */
export class AppError extends Error {
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly errors: readonly ErrorDetail[];

  constructor(
    code: string,
    params: Readonly<Record<string, unknown>> = {},
    options: { cause?: unknown; errors?: readonly ErrorDetail[] } = {},
  ) {
    super(`${code} ${JSON.stringify(params)}`, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.params = params;
    this.errors = options.errors ?? [];
  }
}

/** One fault among several of the same request: where it is (JSON pointer or `[lng, lat]`), and what. */
export interface ErrorDetail {
  readonly code: string;
  readonly pointer?: string;
  readonly position?: readonly [lng: number, lat: number];
  readonly params?: Readonly<Record<string, unknown>>;
}

export const notFound = (kind: string, id: string | number): AppError => new AppError('not-found', { kind, id });
export const forbidden = (action: string): AppError => new AppError('forbidden', { action });
export const staleRevision = (currentRevision: number): AppError => new AppError('stale-revision', { currentRevision });

/** `storage-full` for what the operating system says of a full disk or quota; anything else as it came. */
export function nameFullDisk(error: unknown): unknown {
  const isFull = error instanceof Error && 'code' in error && (error.code === 'ENOSPC' || error.code === 'EDQUOT');
  return isFull ? new AppError('storage-full', {}, { cause: error }) : error;
}
