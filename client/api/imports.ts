import type { ImportAnswer, ImportFinding } from '../../server/exchange/imports/imports.contract.ts';
import type { Mapping } from '../../server/exchange/imports/mapping/mapping.ts';
import { get, send } from './client.ts';
import type { Job } from './shapes/imagery.ts';

export type { ImportAnswer, ImportFinding, Mapping };

export interface ImportRequest {
  readonly mineId: number;
  readonly file: File;
  readonly dryRun: boolean;
  /** Merged from the fixes that were chosen. */
  readonly fixes: Readonly<Record<string, unknown>>;
  readonly mapping: Mapping | null;
}

/** Sends a survey file to be examined, or to be written. */
export function sendImport(request: ImportRequest, signal: AbortSignal): Promise<ImportAnswer> {
  const body = new FormData();
  body.append('fixes', JSON.stringify(request.fixes));
  if (request.mapping !== null) body.append('mapping', JSON.stringify(request.mapping));
  body.append('file', request.file, request.file.name);
  const query = { mine: request.mineId, dryRun: request.dryRun };
  return send('POST', '/api/v1/imports', { query, body, signal });
}

export const getImport = (id: number, signal: AbortSignal): Promise<ImportAnswer> =>
  get(`/api/v1/imports/${id}`, {}, signal);

export const cancelJob = (id: string): Promise<Job> => send('POST', `/api/v1/jobs/${id}/cancel`);
