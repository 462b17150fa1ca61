/** Impossible input to a computation: thrown, never returned. `code` is a key that every language can word. */
export class GisError extends Error {
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;

  constructor(code: string, params: Readonly<Record<string, unknown>> = {}, options?: { cause?: unknown }) {
    super(`${code} ${JSON.stringify(params)}`, options);
    this.name = 'GisError';
    this.code = code;
    this.params = params;
  }
}
