import { ApiProblem, problemFrom } from './problem.ts';

export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | null | undefined>>;

export interface SendOptions {
  readonly query?: Query | undefined;
  /** Sent as JSON, unless it is FormData. */
  readonly body?: unknown;
  /** Revision the caller has seen: becomes `If-Match: "<revision>"`. */
  readonly ifMatch?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Names this deed: sent again after a lost answer, it is not done twice. A POST without one gets a new one. */
  readonly idempotencyKey?: string | undefined;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** Path with its query string; absent values are left out, lists repeat the name. */
export function withQuery(path: string, query: Query = {}): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === null) continue;
    if (typeof value === 'object') for (const one of value) search.append(name, one);
    else search.set(name, String(value));
  }
  const text = search.toString();
  return text === '' ? path : `${path}?${text}`;
}

/**
 * One request to the product's own interface. Returns the parsed answer (undefined for an empty one).
 * Throws ApiProblem for every refusal; `network` when there was no answer. An abort stays an AbortError.
 */
export async function send<T>(method: Method, path: string, options: SendOptions = {}): Promise<T> {
  const isForm = options.body instanceof FormData;
  const headers = new Headers({ Accept: 'application/json' });
  if (options.body !== undefined && !isForm) headers.set('Content-Type', 'application/json');
  if (options.ifMatch !== undefined) headers.set('If-Match', `"${options.ifMatch}"`);
  if (method === 'POST') headers.set('Idempotency-Key', options.idempotencyKey ?? crypto.randomUUID());

  let response: Response;
  try {
    response = await fetch(withQuery(path, options.query), {
      method,
      headers,
      credentials: 'same-origin',
      ...(options.body === undefined
        ? {}
        : { body: isForm ? (options.body as FormData) : JSON.stringify(options.body) }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem({ code: 'network' });
  }
  if (response.status === 204) return undefined as T;
  const text = await response.text();
  const parsed = parseJson(text);
  if (!response.ok) throw problemFrom(parsed);
  if (parsed === undefined && text !== '') throw new ApiProblem({ code: 'not-json' });
  return parsed as T;
}

export const get = <T>(path: string, query?: Query, signal?: AbortSignal): Promise<T> =>
  send<T>('GET', path, { query, signal });

interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string | null | undefined;
}

/** A list to its end, page by page, and never more than `limit` items, so that a wrong filter cannot fill the memory. */
export async function getAll<T>(
  path: string,
  query: Query = {},
  signal?: AbortSignal,
  limit = 20_000,
): Promise<readonly T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page = await get<Page<T>>(path, { limit: 1000, ...query, cursor }, signal);
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined && items.length < limit);
  return items;
}

function parseJson(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
