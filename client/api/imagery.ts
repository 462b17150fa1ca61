import type { IsoDate } from '../../gis/types.ts';
import { get, getAll, send } from './client.ts';
import type { ChartIndex, IndexLegend, Job, SatelliteAgreement, Scene, Vegetation } from './shapes/imagery.ts';

export const listScenes = (mineId: number, signal: AbortSignal): Promise<readonly Scene[]> =>
  getAll('/api/v1/scenes', { mine: mineId }, signal);
export const getVegetation = (mineId: number, index: ChartIndex, signal: AbortSignal): Promise<Vegetation> =>
  get(`/api/v1/mines/${mineId}/vegetation`, { index, target: 'land' }, signal);

/** The judgement of each reclaimed cell as at a date, without the rows behind it. */
export async function listAgreement(
  mineId: number,
  asAt: IsoDate,
  signal: AbortSignal,
): Promise<readonly SatelliteAgreement[]> {
  const query = { target: 'land', to: asAt, limit: 1 };
  return (await get<Vegetation>(`/api/v1/mines/${mineId}/vegetation`, query, signal)).agreement;
}

/** Legends of every index that can be drawn; an answer of either list shape is read. */
export async function listIndexLegends(signal: AbortSignal): Promise<readonly IndexLegend[]> {
  const answer = await get<readonly IndexLegend[] | { items: readonly IndexLegend[] }>('/api/v1/indices', {}, signal);
  return 'items' in answer ? answer.items : answer;
}

export const uploadScene = (form: FormData): Promise<{ scene: Scene; job: Job }> =>
  send('POST', '/api/v1/scenes', { body: form });

/**
 * Follows a job until it ends. Server-sent events first; where the stream breaks (a proxy that buffers), the job is
 * asked every two seconds instead. Resolves with the finished job, done or failed.
 */
export function followJob(jobId: string, onProgress: (job: Job) => void, signal: AbortSignal): Promise<Job> {
  const path = `/api/v1/jobs/${jobId}`;
  return new Promise((resolve, reject) => {
    const source = new EventSource(`${path}/events`);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = (): void => {
      source.close();
      clearTimeout(timer);
    };
    const take = (job: Job): boolean => {
      onProgress(job);
      const ended = job.state === 'done' || job.state === 'failed';
      if (ended) {
        stop();
        resolve(job);
      }
      return ended;
    };
    const ask = (): void => {
      get<Job>(path, {}, signal).then(
        job => {
          if (!take(job)) timer = setTimeout(ask, 2000);
        },
        (error: unknown) => {
          stop();
          reject(error instanceof Error ? error : new Error(String(error)));
        },
      );
    };
    const onMessage = (event: MessageEvent<string>): void => void take(JSON.parse(event.data) as Job);
    source.addEventListener('message', onMessage);
    source.addEventListener('job', onMessage);
    source.addEventListener('progress', onMessage);
    source.addEventListener('error', () => {
      source.close();
      ask();
    });
    signal.addEventListener('abort', () => {
      stop();
      reject(new DOMException('aborted', 'AbortError'));
    });
  });
}
