import { withQuery, type Query } from './client.ts';
import { ApiProblem, problemFrom } from './problem.ts';

/** A file as the server named it, with how many rows it has. */
export interface Exported {
  readonly blob: Blob;
  readonly name: string;
  readonly records: number;
  /** Rows that the format could not hold: nothing is drawn of them. */
  readonly leftOut: number;
}

/** Fetches one export whole. Throws ApiProblem for every refusal; an abort stays an AbortError. */
export async function fetchExport(query: Query, signal: AbortSignal): Promise<Exported> {
  let response: Response;
  let blob: Blob;
  try {
    response = await fetch(withQuery('/api/v1/exports', query), { credentials: 'same-origin', signal });
    blob = await response.blob();
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem({ code: 'network' });
  }
  if (!response.ok)
    throw problemFrom(
      await blob.text().then(
        text => JSON.parse(text) as unknown,
        () => undefined,
      ),
    );
  const count = (header: string): number => Number(response.headers.get(header) ?? 0);
  return {
    blob,
    name: /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')?.[1] ?? 'regreen',
    records: count('x-export-records'),
    leftOut: count('x-export-left-out'),
  };
}
