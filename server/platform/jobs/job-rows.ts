import type { Queryable } from '../db/database.ts';
import { notFound } from '../errors.ts';
import type { EnqueueOptions, Job, JobState } from './jobs.ts';

/** The product's own row of a job: what the interface reads. The queue's row only says whose turn it is. */
interface JobRow {
  readonly id: string;
  readonly kind: string;
  readonly state: JobState;
  readonly progress: number;
  readonly code: string | null;
  readonly params: Record<string, unknown> | null;
  readonly payload: unknown;
  readonly result: unknown;
  readonly subject_kind: string | null;
  readonly subject_id: string | null;
  readonly attempt: number;
  readonly cancel_requested: boolean;
  readonly created_by: number | null;
  readonly created_at: string;
  readonly started_at: string | null;
  readonly finished_at: string | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** A running job whose process has not said so for this long is taken to be orphaned. */
const SILENCE_SECONDS = 45;

export async function getJob(db: Queryable, id: string): Promise<Job> {
  const row = UUID.test(id) ? await db<JobRow>('job').where({ id }).first() : undefined;
  if (row === undefined) throw notFound('job', id);
  return toJob(row);
}

function toJob(row: JobRow): Job {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    progress: row.progress,
    code: row.code,
    params: row.params,
    result: row.result,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    createdBy: row.created_by,
    createdAt: row.created_at,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    cancelRequested: row.cancel_requested,
  };
}

/** Inserts, or finds the open job of the same kind and key. */
export async function insertJob(
  tx: Queryable,
  kind: string,
  payload: unknown,
  { createdBy = null, key, subject }: EnqueueOptions,
): Promise<{ id: string; isNew: boolean }> {
  const inserted = await tx.raw<{ rows: { id: string }[] }>(
    `insert into job (kind, payload, dedupe_key, subject_kind, subject_id, created_by) values (?, ?::jsonb, ?, ?, ?, ?)
     on conflict (kind, dedupe_key) where state in ('queued', 'running') do nothing returning id`,
    [
      kind,
      JSON.stringify(payload),
      key ?? null,
      subject?.kind ?? null,
      subject === undefined ? null : String(subject.id),
      createdBy,
    ],
  );
  const [created] = inserted.rows;
  if (created) return { id: created.id, isNew: true };
  const open = await tx<JobRow>('job')
    .where({ kind, dedupe_key: key ?? null } as never)
    .whereIn('state', ['queued', 'running'])
    .first('id');
  // It ended between the two statements: the caller's work is then to be done again.
  return open ? { id: open.id, isNew: false } : insertJob(tx, kind, payload, { createdBy, key, subject });
}

/** Marks as running and returns what to run; undefined when there is nothing left to do. */
export async function claimJob(
  db: Queryable,
  id: string,
): Promise<{ payload: unknown; attempt: number; job: Job } | undefined> {
  const { rows } = await db.raw<{ rows: JobRow[] }>(
    `update job set state = 'running', attempt = attempt + 1, started_at = coalesce(started_at, now()), heartbeat_at = now()
     where id = ? and state in ('queued', 'running') returning *`,
    [id],
  );
  const row = rows[0];
  return row && { payload: row.payload, attempt: row.attempt, job: toJob(row) };
}

/** Says that the job lives, how far it is, and asks whether somebody wants it to end. */
export async function reportJob(db: Queryable, id: string, progress: number): Promise<{ isCancelled: boolean }> {
  const { rows } = await db.raw<{ rows: { cancel_requested: boolean }[] }>(
    `update job set progress = greatest(progress, ?::float8), heartbeat_at = now()
     where id = ? and state = 'running' returning cancel_requested`,
    [progress, id],
  );
  return { isCancelled: rows[0]?.cancel_requested ?? false };
}

export async function finishJob(
  db: Queryable,
  id: string,
  end:
    | { readonly state: 'done'; readonly result: unknown }
    | { readonly state: 'failed'; readonly code: string; readonly params: Readonly<Record<string, unknown>> },
): Promise<void> {
  const changes =
    end.state === 'done'
      ? { progress: 1, result: JSON.stringify(end.result ?? null), code: null, params: null }
      : {
          code: end.code,
          params: JSON.stringify(end.params),
          ...(end.code === 'job-cancelled' && { cancel_requested: true }),
        };
  await db('job')
    .where({ id })
    .whereIn('state', ['queued', 'running'])
    .update({ state: end.state, finished_at: db.fn.now(), ...changes });
}

/** Back to the queue; an attempt that a shutdown cut short does not count. */
export async function requeueJob(db: Queryable, id: string, countsAsAttempt: boolean): Promise<void> {
  await db.raw(
    `update job set state = 'queued', progress = 0, attempt = greatest(attempt - ?::int, 0) where id = ? and state = 'running'`,
    [countsAsAttempt ? 0 : 1, id],
  );
}

export async function requestCancel(db: Queryable, id: string): Promise<void> {
  await db('job').where({ id }).whereIn('state', ['queued', 'running']).update({ cancel_requested: true });
  await db('job')
    .where({ id, state: 'queued' })
    .update({ state: 'failed', code: 'job-cancelled', params: JSON.stringify({}), finished_at: db.fn.now() });
}

/**
 * Running jobs whose process died. `all`: whoever asks knows that no other process can be running any. `living` run where it is asked, however
 * silent their rows are: a job that holds the embedded database's one connection cannot say that it lives.
 */
export async function requeueOrphans(
  db: Queryable,
  all: boolean,
  living: readonly string[],
): Promise<{ id: string; kind: string }[]> {
  const { rows } = await db.raw<{ rows: { id: string; kind: string }[] }>(
    `update job set state = 'queued', progress = 0
     where state = 'running' and (? or heartbeat_at < now() - make_interval(secs => ?::int)) and id <> all (?::uuid[])
     returning id, kind`,
    [all, SILENCE_SECONDS, [...living]],
  );
  return rows;
}

export async function countOpenJobs(db: Queryable): Promise<{ queued: number; running: number }> {
  const { rows } = await db.raw<{ rows: { queued: number; running: number }[] }>(
    `select count(*) filter (where state = 'queued') as queued, count(*) filter (where state = 'running') as running
     from job where state in ('queued', 'running')`,
  );
  return rows[0] ?? { queued: 0, running: 0 };
}
