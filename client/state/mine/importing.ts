import { batch, computed, signal } from '@preact/signals';
import { followJob } from '../../api/imagery.ts';
import { cancelJob, getImport, sendImport, type ImportAnswer, type Mapping } from '../../api/imports.ts';
import { ApiProblem, toProblem } from '../../api/problem.ts';
import { bumpData } from '../access/session.ts';
import { setAsAt } from '../time.ts';
import { showBox } from '../view.ts';
import { countBlocking } from './count-blocking.ts';

export type ImportStep =
  | { readonly step: 'choose' }
  | { readonly step: 'examining' }
  | { readonly step: 'checked' }
  | { readonly step: 'writing'; readonly progress: number; readonly jobId: string | null }
  | { readonly step: 'written'; readonly count: number };

/** The mine whose file is being examined; null = nobody imports. */
export const importMine = signal<number | null>(null);
export const importStep = signal<ImportStep>({ step: 'choose' });
/** Whether the job was told to end and has not ended yet: on its way out of a long statement. */
export const importStopping = signal(false);
export const importFile = signal<File | null>(null);
export const importAnswer = signal<ImportAnswer | null>(null);
export const importProblem = signal<ApiProblem | null>(null);
export const importMapping = signal<Mapping>({ columns: {}, values: {}, defaults: {} });
/** Numbers of rows that are left out. */
export const leftOut = signal<ReadonlySet<number>>(new Set());

const fixes = signal<Readonly<Record<string, unknown>>>({});
let running: AbortController | undefined;

/** Errors that forbid writing the rows that are not left out. */
export const importErrors = computed(() => {
  const answer = importAnswer.value;
  return answer === null ? 0 : countBlocking(answer.faults, leftOut.value);
});

/** How many rows would be written. */
export const importCount = computed(() => {
  const answer = importAnswer.value;
  if (answer === null) return 0;
  const unready = new Set(answer.rows.unready);
  return answer.readyCount - [...leftOut.value].filter(row => !unready.has(row)).length;
});

/** Why the rows cannot be written yet, as the end of a key; null = they can. */
export const importBlocked = computed<'errors' | 'stage' | 'date' | 'rows' | null>(() => {
  const answer = importAnswer.value;
  if (answer === null || importErrors.value > 0) return 'errors';
  if (importCount.value <= 0) return 'rows';
  const { columns, defaults } = importMapping.value;
  if (columns.stage === undefined && defaults.stage === undefined) return 'stage';
  return columns.effectiveOn === undefined && defaults.effectiveOn === undefined ? 'date' : null;
});

export function startImport(mineId: number): void {
  stopImport();
  importMine.value = mineId;
}

export function stopImport(): void {
  running?.abort();
  batch(() => {
    importMine.value = null;
    forget();
  });
}

/** Ends the examination, also on the server; nothing of the file stays. */
export function giveUpExamining(): void {
  if (importStep.peek().step !== 'examining') return;
  running?.abort();
  batch(forget);
}

function forget(): void {
  importStep.value = { step: 'choose' };
  importFile.value = null;
  importAnswer.value = null;
  importProblem.value = null;
  importMapping.value = { columns: {}, values: {}, defaults: {} };
  leftOut.value = new Set();
  fixes.value = {};
}

/** A new file, examined without deciding anything. */
export async function chooseFile(file: File): Promise<void> {
  running?.abort();
  batch(() => {
    forget();
    importFile.value = file;
  });
  const answer = await examine(null);
  if (answer === undefined) return;
  batch(() => {
    importMapping.value = { ...answer.suggestedMapping };
    const box = answer.bbox ?? boxOfBroken(answer);
    if (box !== null) showBox(withMargin(box));
  });
}

/** Takes what a finding offers and examines the file again. */
export async function applyFix(chosen: Readonly<Record<string, unknown>>): Promise<void> {
  const before = importAnswer.value?.bbox;
  const layers = { ...(fixes.value['layers'] as object | undefined), ...(chosen['layers'] as object | undefined) };
  fixes.value = { ...fixes.value, ...chosen, ...(Object.keys(layers).length === 0 ? {} : { layers }) };
  const answer = await examine(null);
  const box = answer?.bbox;
  if (box !== undefined && box !== null && box.join() !== before?.join()) showBox(withMargin(box));
}

async function examine(mapping: Mapping | null): Promise<ImportAnswer | undefined> {
  return ask(async signal => {
    importStep.value = { step: 'examining' };
    const answer = await sendImport(request(true, mapping), signal);
    batch(() => {
      importAnswer.value = answer;
      importStep.value = { step: 'checked' };
    });
    return answer;
  });
}

/** Writes the rows that are not left out; follows the job where it takes longer. */
export async function writeRows(): Promise<void> {
  await ask(async signal => {
    importStep.value = { step: 'examining' };
    const checked = await sendImport(request(true, chosenMapping()), signal);
    const isNews = saysSomethingNew(importAnswer.value, checked);
    importAnswer.value = checked;
    if (importErrors.value > 0 || isNews) {
      importStep.value = { step: 'checked' };
      return;
    }
    importStep.value = { step: 'writing', progress: 0, jobId: null };
    const answer = await sendImport(request(false, chosenMapping()), signal);
    const ended =
      answer.state === 'writing' && answer.job !== null ? await follow(answer, answer.job.id, signal) : answer;
    batch(() => {
      importStep.value = { step: 'written', count: ended.written };
      // What the file would have become is the ledger's now: the map shows that, and no longer what was found in the file.
      importAnswer.value = null;
      bumpData();
      const dates = ended.features.flatMap(({ properties }) => properties.effectiveOn ?? []);
      const latest = dates.toSorted().at(-1);
      if (latest !== undefined) setAsAt(latest);
    });
  });
}

/** Whether the last look before writing found that published figures would be restated, and that was not said before. */
function saysSomethingNew(before: ImportAnswer | null, now: ImportAnswer): boolean {
  const said = (answer: ImportAnswer | null): string =>
    JSON.stringify(answer?.findings.filter(({ code }) => code === 'rows-restate-published').map(one => one.params));
  const isSaid = now.findings.some(({ code }) => code === 'rows-restate-published');
  return isSaid && said(before) !== said(now);
}

async function follow(answer: ImportAnswer, jobId: string, signal: AbortSignal): Promise<ImportAnswer> {
  const tell = (progress: number): void => void (importStep.value = { step: 'writing', progress, jobId });
  tell(0);
  const job = await followJob(jobId, now => tell(now.progress), signal);
  if (job.state === 'failed') throw new ApiProblem({ code: job.code ?? 'internal', params: job.params ?? {} });
  return getImport(answer.id, signal);
}

/** Ends the job; nothing of it stays. */
export async function cancelWriting(): Promise<void> {
  const now = importStep.value;
  if (now.step !== 'writing' || now.jobId === null || importStopping.value) return;
  importStopping.value = true;
  try {
    await cancelJob(now.jobId);
  } catch (error) {
    batch(() => {
      importStopping.value = false;
      importProblem.value = toProblem(error);
    });
  }
}

async function ask<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
  running?.abort();
  const controller = new AbortController();
  running = controller;
  importProblem.value = null;
  importStopping.value = false;
  try {
    return await work(controller.signal);
  } catch (error) {
    if (controller.signal.aborted) return undefined;
    batch(() => {
      importProblem.value = toProblem(error);
      importStep.value = { step: importAnswer.value === null ? 'choose' : 'checked' };
    });
    return undefined;
  }
}

function request(dryRun: boolean, mapping: Mapping | null) {
  const [mineId, file] = [importMine.value, importFile.value];
  if (mineId === null || file === null) throw new ApiProblem({ code: 'unexpected' });
  return { mineId, file, dryRun, fixes: fixes.value, mapping };
}

function chosenMapping(): Mapping {
  const answer = importAnswer.value;
  if (answer === null || leftOut.value.size === 0) return importMapping.value;
  const rows = Array.from({ length: answer.rowCount }, (_unused, index) => index + 1).filter(
    row => !leftOut.value.has(row),
  );
  return { ...importMapping.value, rows };
}

export type RowChoice = 'all' | 'readable' | 'sound' | 'told';

/** Chooses rows by what was found in them: all, those without errors, without any finding, or with one. */
export function chooseRows(choice: RowChoice): void {
  const rows = importAnswer.value?.rows;
  const rowCount = importAnswer.value?.rowCount ?? 0;
  if (rows === undefined) return;
  const told = new Set([...rows.errors, ...rows.warnings]);
  const left = {
    all: () => [],
    readable: () => rows.errors,
    sound: () => told,
    told: () => Array.from({ length: rowCount }, (_unused, index) => index + 1).filter(row => !told.has(row)),
  }[choice]();
  leftOut.value = new Set(left);
}

/** Reads a layer of a drawing or leaves it out: the file is examined again. */
export async function takeLayer(name: string, isTaken: boolean): Promise<void> {
  leftOut.value = new Set();
  await applyFix({ layers: { [name]: isTaken } });
}

/** Goes to what an earlier import wrote, on the map at its date. */
export async function showEarlier(id: number): Promise<void> {
  await ask(async signal => {
    const { bbox, features } = await getImport(id, signal);
    const latest = features
      .flatMap(({ properties }) => properties.effectiveOn ?? [])
      .toSorted()
      .at(-1);
    batch(() => {
      if (bbox !== null) showBox(withMargin(bbox));
      if (latest !== undefined) setAsAt(latest);
    });
  });
}

export function toggleRow(row: number): void {
  const next = new Set(leftOut.value);
  if (!next.delete(row)) next.add(row);
  leftOut.value = next;
}

export function changeMapping(part: keyof Mapping, change: Readonly<Record<string, unknown>>): void {
  const now = importMapping.value;
  const merged = { ...(now[part] as Record<string, unknown>), ...change };
  const kept = Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== '' && value !== undefined));
  importMapping.value = { ...now, [part]: kept };
}

/** Where nothing could be written there are outlines to be looked at all the more. */
function boxOfBroken({ broken = [] }: ImportAnswer): readonly number[] | null {
  const positions = broken.flatMap(({ lines }) => lines.flat());
  if (positions.length === 0) return null;
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lng = 0, lat = 0] of positions) {
    [west, east] = [Math.min(west, lng), Math.max(east, lng)];
    [south, north] = [Math.min(south, lat), Math.max(north, lat)];
  }
  return [west, south, east, north];
}

function withMargin([west = 0, south = 0, east = 0, north = 0]: readonly number[]) {
  const margin = Math.max(east - west, north - south, 0.001) * 0.2;
  return [west - margin, south - margin, east + margin, north + margin] as const;
}
