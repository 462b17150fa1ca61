import { join } from 'node:path';
import { runInThread, threadUrl } from '../../../platform/threads.ts';
import type { ExportJob, Written } from '../export-layer.ts';
import type { SheetTask } from './draw-sheet.ts';
import { packFeatures } from './packed-features.ts';
import { readSelection } from './read-selection.ts';
import { layOut } from './sheet-layout.ts';

/**
 * A map on A3 or A4 in a zone of CGCS2000: outlines with their patterns, grid with coordinates at the frame, legend with areas,
 * scale true to the paper, north with convergence, corners of the selection, in both languages. Drawn, not photographed, and in a thread:
 * two thousand cells take a second.
 * @throws AppError `export-nothing-drawn`, `export-scale-too-large`, `export-too-large`
 */
export async function writeMapSheet({ layer, folder, ...job }: ExportJob): Promise<Written> {
  const path = join(folder, `${layer.name}.pdf`);
  const { features, ...selection } = await readSelection(layer);
  const layout = layOut(job.sheet.paper, job.sheet.scale, selection.box);
  const { name, title, geometry, fields, classes, label } = layer;
  const packed = packFeatures(features);
  const task: SheetTask = {
    path,
    job,
    layer: { name, title, geometry, fields, classes, label },
    layout,
    selection,
    features: packed,
  };
  await runInThread<null>(threadUrl(import.meta.url, './sheet.thread.ts'), task, {
    transfer: [packed.positions.buffer as ArrayBuffer, packed.counts.buffer as ArrayBuffer],
  });
  return { path, records: features.length, leftOut: selection.leftOut };
}
