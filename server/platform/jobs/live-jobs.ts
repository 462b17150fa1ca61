import type { Job } from './jobs.ts';

interface LiveJob {
  job: Job;
  readonly cancel: () => void;
}

/**
 * The jobs that run in this process, as far as they are. On the embedded database this is the only way to ask: a job that writes in one
 * transaction holds the one connection, and its row says nothing until it has ended.
 */
export interface LiveJobs {
  begin(job: Job, cancel: () => void): void;
  progress(id: string, fraction: number): void;
  end(id: string): void;
  get(id: string): Job | undefined;
  ids(): string[];
  /** False where no such job runs here. */
  cancel(id: string): boolean;
}

export function createLiveJobs(): LiveJobs {
  const live = new Map<string, LiveJob>();
  const change = (id: string, what: Partial<Job>): LiveJob | undefined => {
    const one = live.get(id);
    if (one !== undefined) one.job = { ...one.job, ...what };
    return one;
  };
  return {
    begin: (job, cancel) => void live.set(job.id, { job, cancel }),
    progress: (id, fraction) => void change(id, { progress: fraction }),
    end: id => void live.delete(id),
    get: id => live.get(id)?.job,
    ids: () => [...live.keys()],
    cancel(id) {
      const one = change(id, { cancelRequested: true });
      one?.cancel();
      return one !== undefined;
    },
  };
}
