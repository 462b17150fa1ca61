import { batch, signal } from '@preact/signals';
import { followJob, uploadScene } from '../../api/imagery.ts';
import { ApiProblem, toProblem } from '../../api/problem.ts';
import { bumpData } from '../access/session.ts';

/** A band: its number in the only file, or a file and the number in it. */
export type BandRef = number | { readonly file: string; readonly band: number };

/** What the files do not say themselves. */
export interface SceneMeta {
  readonly acquiredOn: string;
  readonly sensor: string;
  readonly bands: Readonly<Record<string, BandRef>>;
  readonly scale: number;
  readonly offset?: number | undefined;
  readonly processingBaseline?: string | undefined;
  readonly mask?: BandRef | undefined;
  readonly maskClasses?: readonly number[] | undefined;
  readonly keepClasses?: readonly number[] | undefined;
  /** The scene is refused when it misses this mine. */
  readonly mineId?: number | undefined;
}

export type Upload =
  | { readonly step: 'none' }
  | { readonly step: 'sending' }
  | { readonly step: 'working'; readonly progress: number }
  | { readonly step: 'done' }
  | { readonly step: 'failed'; readonly problem: ApiProblem };

export const upload = signal<Upload>({ step: 'none' });
export const uploadOpen = signal(false);

let running: AbortController | undefined;

/** Sends the files, then follows the job that reads them until every cell has its numbers. */
export async function sendScene(files: readonly File[], meta: SceneMeta): Promise<void> {
  running?.abort();
  const controller = new AbortController();
  running = controller;
  const body = new FormData();
  body.append('metadata', JSON.stringify(meta));
  for (const file of files) body.append('file', file, file.name);
  upload.value = { step: 'sending' };
  try {
    const { job } = await uploadScene(body);
    upload.value = { step: 'working', progress: 0 };
    const ended = await followJob(
      job.id,
      now => (upload.value = { step: 'working', progress: now.progress }),
      controller.signal,
    );
    batch(() => {
      upload.value =
        ended.state === 'done'
          ? { step: 'done' }
          : { step: 'failed', problem: new ApiProblem({ code: ended.code ?? 'internal', params: ended.params ?? {} }) };
      bumpData();
    });
  } catch (error) {
    if (!controller.signal.aborted) upload.value = { step: 'failed', problem: toProblem(error) };
  }
}

export function closeUpload(): void {
  running?.abort();
  batch(() => {
    uploadOpen.value = false;
    upload.value = { step: 'none' };
  });
}
