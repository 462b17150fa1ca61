// What a script of an outside user would write to talk to the product: a bearer token, JSON, and waiting for jobs.
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

export interface Api {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown, headers?: Record<string, string>): Promise<T>;
  upload<T>(path: string, files: readonly string[], metadata: Record<string, unknown>): Promise<T>;
  raw(path: string, init?: RequestInit): Promise<Response>;
  waitForJob(id: string): Promise<JobState>;
}

export interface JobState {
  readonly id: string;
  readonly state: 'queued' | 'running' | 'done' | 'failed';
  readonly progress: number;
  readonly code?: string | null;
  readonly params?: Record<string, unknown> | null;
}

/** A refused request: the problem document that the server answered with. */
export class ApiRefusal extends Error {
  readonly status: number;
  readonly problem: Record<string, unknown>;

  constructor(status: number, problem: Record<string, unknown>) {
    super(`${status} ${JSON.stringify(problem)}`);
    this.status = status;
    this.problem = problem;
  }
}

export function apiFor(url: string, token?: string): Api {
  const authorization: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };

  async function raw(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(url + path, {
      ...init,
      headers: { ...authorization, ...(init.headers as Record<string, string> | undefined) },
    });
  }

  async function read<T>(response: Response): Promise<T> {
    const text = await response.text();
    const body = text === '' ? undefined : (JSON.parse(text) as unknown);
    if (!response.ok) throw new ApiRefusal(response.status, (body ?? {}) as Record<string, unknown>);
    return body as T;
  }

  const api: Api = {
    raw,
    get: async path => read(await raw(path)),
    post: async (path, body, headers = {}) =>
      read(
        await raw(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: JSON.stringify(body),
        }),
      ),
    upload: async (path, files, metadata) => {
      const form = new FormData();
      form.append('metadata', JSON.stringify(metadata));
      for (const file of files) form.append('file', new Blob([readFileSync(file)]), basename(file));
      return read(await raw(path, { method: 'POST', body: form }));
    },
    waitForJob: async id => {
      for (let tries = 0; tries < 600; tries++) {
        const job = await api.get<JobState>(`/api/v1/jobs/${id}`);
        if (job.state === 'done' || job.state === 'failed') return job;
        await new Promise(resolve => setTimeout(resolve, 100));
      }
      throw new Error(`job ${id} did not end within a minute`);
    },
  };
  return api;
}

/** Runs `work` over all items, `width` at a time, and gives the results in order. */
export async function inParallel<T, R>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length) {
      const at = next++;
      results[at] = await work(items[at] as T);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
  return results;
}
