import { batch, computed, signal } from '@preact/signals';
import type { ExportFormatId, ExportWhat } from '../../../../server/exchange/export/export.contract.ts';
import { fetchExport } from '../../../api/exports.ts';
import { toProblem, type ApiProblem } from '../../../api/problem.ts';
import { mineId } from '../../../state/selection.ts';
import { asAt } from '../../../state/time.ts';
import { FORMAT_CHOICES, formatsFor, type Crs, type Encoding } from './export-choices.ts';

export type Exporting =
  | { readonly step: 'choosing' }
  | { readonly step: 'working' }
  | { readonly step: 'done'; readonly name: string; readonly records: number; readonly leftOut: number }
  | { readonly step: 'failed'; readonly problem: ApiProblem };

export const exportOpen = signal(false);
export const exporting = signal<Exporting>({ step: 'choosing' });
export const exportWhat = signal<ExportWhat>('land');
export const exportFormat = signal<ExportFormatId>('xlsx');
export const exportCrs = signal<Crs>('EPSG:4490');
export const exportEncoding = signal<Encoding>('utf-8');
export const exportPaper = signal<'a3' | 'a4'>('a3');
/** The mine that is open alone, or all of them. */
export const exportScope = signal<'mine' | 'all'>('mine');

export const formats = computed(() => formatsFor(exportWhat.value));
export const choices = computed(() => FORMAT_CHOICES[exportFormat.value]);

let running: AbortController | undefined;

export function openExport(): void {
  batch(() => {
    exporting.value = { step: 'choosing' };
    exportScope.value = mineId.value === null ? 'all' : 'mine';
    exportOpen.value = true;
  });
}

export function closeExport(): void {
  running?.abort();
  exportOpen.value = false;
}

export function chooseWhat(what: ExportWhat): void {
  batch(() => {
    exportWhat.value = what;
    const [first = 'geojson'] = formatsFor(what);
    if (!formatsFor(what).includes(exportFormat.value)) chooseFormat(first);
    exporting.value = { step: 'choosing' };
  });
}

/** System and encoding go back to what the format has of itself. */
export function chooseFormat(format: ExportFormatId): void {
  const { crs, encodings } = FORMAT_CHOICES[format];
  batch(() => {
    exportFormat.value = format;
    exportCrs.value = crs[0] ?? 'EPSG:4490';
    exportEncoding.value = encodings[0] ?? 'utf-8';
    exporting.value = { step: 'choosing' };
  });
}

/** Fetches the file and hands it to the browser to be stored. */
export async function runExport(): Promise<void> {
  running?.abort();
  const controller = new AbortController();
  running = controller;
  exporting.value = { step: 'working' };
  try {
    const file = await fetchExport(
      {
        what: exportWhat.value,
        format: exportFormat.value,
        mine: exportScope.value === 'mine' ? mineId.value : undefined,
        asAt: asAt.value,
        crs: exportCrs.value,
        encoding: exportEncoding.value,
        paper: exportFormat.value === 'pdf' ? exportPaper.value : undefined,
      },
      controller.signal,
    );
    store(file.blob, file.name);
    exporting.value = { step: 'done', name: file.name, records: file.records, leftOut: file.leftOut };
  } catch (error) {
    if (!controller.signal.aborted) exporting.value = { step: 'failed', problem: toProblem(error) };
  }
}

const KEPT_MS = 60_000;

function store(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser may still be reading it.
  setTimeout(() => URL.revokeObjectURL(url), KEPT_MS);
}
