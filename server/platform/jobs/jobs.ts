import type { z } from 'zod';
import type { Queryable } from '../db/database.ts';

export type JobState = 'queued' | 'running' | 'done' | 'failed';

/** A background job as callers see it. `progress` 0..1; `code` and `params` name what failed. */
export interface Job {
  readonly id: string;
  readonly kind: string;
  readonly state: JobState;
  readonly progress: number;
  readonly code: string | null;
  readonly params: Readonly<Record<string, unknown>> | null;
  readonly result: unknown;
  readonly subjectKind: string | null;
  readonly subjectId: string | null;
  readonly createdBy: number | null;
  readonly createdAt: string;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly cancelRequested: boolean;
}

/** What a running handler is given. */
export interface JobContext {
  readonly jobId: string;
  /** Aborted when the job is cancelled or the process shuts down; heavy loops obey it. */
  readonly signal: AbortSignal;
  /** Rows are written a few times a second at most, however often this is called. */
  readonly progress: (fraction: number) => Promise<void>;
}

export interface EnqueueOptions {
  readonly createdBy?: number | null | undefined;
  /** While a job of the same kind and key is queued or running, enqueueing again gives that one. */
  readonly key?: string | undefined;
  readonly subject?: { readonly kind: string; readonly id: string | number } | undefined;
}

/**
 * Background work. A job may run more than once (a process may die under it), so every effect of a handler is keyed by
 * its inputs. An `AppError` ends the job under its code; anything else is tried three times and then fails as `internal`.
 */
export interface Jobs {
  define<T>(kind: string, payload: z.ZodType<T>, handler: (payload: T, context: JobContext) => Promise<unknown>): void;
  /** In the caller's transaction: the job exists exactly if that commits. Returns its id. */
  enqueue(tx: Queryable, kind: string, payload: unknown, options?: EnqueueOptions): Promise<string>;
  /** Throws `not-found`. */
  get(id: string): Promise<Job>;
  /** Ends it now when it is queued, soon when it is running; does nothing to an ended one. */
  cancel(id: string): Promise<Job>;
  /** Makes the queues; needed before the first `enqueue`. */
  prepare(): Promise<void>;
  /** Starts taking jobs of every defined kind, or of those named. */
  work(only?: readonly string[]): Promise<void>;
  /** Stops taking jobs, gives those in hand `graceMs`, then hands them back to the queue. */
  stop(graceMs: number): Promise<void>;
  /** True from the moment `stop` was called: whoever watches a job is to ask again elsewhere. */
  isStopping(): boolean;
  /** How many are waiting or running, for readiness and metrics. */
  countOpen(): Promise<{ readonly queued: number; readonly running: number }>;
}
