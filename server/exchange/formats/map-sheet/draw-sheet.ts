import { createWriteStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ExportJob, ExportLayer } from '../export-layer.ts';
import { drawColumn } from './draw-column.ts';
import { drawGrid } from './draw-grid.ts';
import { drawOutlines } from './draw-outlines.ts';
import { tieToGround } from './geo-viewport.ts';
import { drawNumbers } from './plots/draw-numbers.ts';
import { drawPlotTable } from './plots/draw-plot-table.ts';
import { MOST_NUMBERED, numberPlots } from './plots/numbered-plots.ts';
import { unpackFeatures, type PackedFeatures } from './packed-features.ts';
import type { Selection } from './read-selection.ts';
import type { SheetLayout } from './sheet-layout.ts';
import { SheetPen } from './sheet-pen.ts';

/** A sheet as it is handed to the thread that draws it: nothing but values. */
export interface SheetTask {
  readonly path: string;
  readonly job: Omit<ExportJob, 'layer' | 'folder'>;
  readonly layer: Omit<ExportLayer, 'features' | 'surveys'>;
  readonly layout: SheetLayout;
  readonly selection: Omit<Selection, 'features'>;
  readonly features: PackedFeatures;
}

const MOST_NAMES = 3;

/** Draws a sheet and writes it to its file. */
export async function drawSheet({ path, layout, ...task }: SheetTask): Promise<void> {
  const layer: ExportLayer = { ...task.layer, features: nothing };
  const job: ExportJob = { ...task.job, layer, folder: '' };
  const selection: Selection = { ...task.selection, features: unpackFeatures(task.features) };
  const title = titleOf(job, selection);
  const pen = new SheetPen(layout, { title: title.join(' '), subject: job.notes.query, day: job.notes.day });
  const written = pipeline(pen.document as unknown as Readable, createWriteStream(path));
  tieToGround(pen, layout, job);
  drawTitle(pen, layout, job, title, selection.features.length);
  drawOutlines(pen, layout, job.layer, selection.features);
  drawGrid(pen, layout);
  const plots = numberPlots(job.layer, selection.features);
  const without = drawNumbers(pen, layout, plots);
  drawColumn(pen, layout, job, selection);
  drawFoot(pen, layout, job);
  drawPlotTable(pen, layout, job.layer, plots, without);
  pen.document.end();
  await written;
}

/** The features are at hand already. */
async function* nothing(): AsyncGenerator<never> {
  // Nothing is read again.
}

function titleOf({ layer, notes }: ExportJob, { mines }: Selection): readonly [zh: string, en: string] {
  const [zh, en] = (['zh', 'en'] as const).map(language => {
    const names = mines.slice(0, MOST_NAMES).map(mine => mine[language]);
    const rest = mines.length > MOST_NAMES ? [language === 'zh' ? '等' : 'and others'] : [];
    return [...names, ...rest].join(language === 'zh' ? '、' : ', ');
  });
  return [`${zh} ${layer.title.zh}(${notes.asAt})`, `${en}: ${layer.title.en}, as at ${notes.asAt}`];
}

function drawTitle(
  pen: SheetPen,
  { title: area }: SheetLayout,
  { notes }: ExportJob,
  [zh, en]: readonly [string, string],
  plotCount: number,
): void {
  pen.text(zh, area.x, area.y, { size: 16, width: area.width * 0.72 });
  pen.text(en, area.x, area.y + 8.2, { size: 9, width: area.width * 0.72 });
  const right = { size: 7.5, align: 'right' as const, width: area.width * 0.27 };
  const x = area.x + area.width * 0.73;
  pen.text(`${notes.owner.zh} ${notes.owner.en}`, x, area.y + 1, right);
  const isNumbered = plotCount <= MOST_NUMBERED;
  const words = isNumbered
    ? '图上编号见后页图斑表 Numbers: see the table of plots overleaf'
    : `图斑共 ${plotCount} 个，过多未编号 ${plotCount} plots, too many to be numbered`;
  pen.text(words, x, area.y + 9.5, { ...right, size: 6, colour: '#55615b' });
}

function drawFoot(pen: SheetPen, { foot }: SheetLayout, { crs, notes }: ExportJob): void {
  const style = { size: 6, width: foot.width, colour: '#3a423d' };
  let { y } = foot;
  y += pen.text(
    `坐标系 ${crs.nameZh ?? ''} / ${crs.nameEn} (${crs.code})  ·  导出 written on ${notes.day}  ·  读者 read as ${notes.role}  ·  定义 definitions ${notes.definitionVersion}  ·  ${notes.query}`,
    foot.x,
    y,
    style,
  );
  y += pen.text(`${notes.precision.zh} ${notes.precision.en}`, foot.x, y, style);
  pen.text(`${notes.licence.zh} ${notes.licence.en}`, foot.x, y, style);
}
