import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Readable } from 'node:stream';
import type { ExportJob, Written } from '../export-layer.ts';
import { drawColumn } from './draw-column.ts';
import { drawGrid } from './draw-grid.ts';
import { drawOutlines } from './draw-outlines.ts';
import { tieToGround } from './geo-viewport.ts';
import { readSelection, type Selection } from './read-selection.ts';
import { layOut, type SheetLayout } from './sheet-layout.ts';
import { SheetPen } from './sheet-pen.ts';

const MOST_NAMES = 3;

/**
 * A map on A3 or A4 in a zone of CGCS2000: outlines with their patterns, grid with coordinates at the frame, legend with areas,
 * scale true to the paper, north with convergence, corners of the selection, in both languages. Drawn, not photographed.
 * @throws AppError `export-nothing-drawn`, `export-scale-too-large`, `export-too-large`
 */
export async function writeMapSheet(job: ExportJob): Promise<Written> {
  const path = join(job.folder, `${job.layer.name}.pdf`);
  const selection = await readSelection(job.layer);
  const layout = layOut(job.sheet.paper, job.sheet.scale, selection.box);
  const title = titleOf(job, selection);
  const pen = new SheetPen(layout, { title: title.join(' '), subject: job.notes.query, day: job.notes.day });
  const written = pipeline(pen.document as unknown as Readable, createWriteStream(path));
  tieToGround(pen, layout, job);
  drawTitle(pen, layout, job, title);
  drawOutlines(pen, layout, job.layer, selection.features);
  drawGrid(pen, layout);
  drawColumn(pen, layout, job, selection);
  drawFoot(pen, layout, job);
  pen.document.end();
  await written;
  return { path, records: selection.features.length, leftOut: selection.leftOut };
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
): void {
  pen.text(zh, area.x, area.y, { size: 16, width: area.width * 0.72 });
  pen.text(en, area.x, area.y + 8.2, { size: 9, width: area.width * 0.72 });
  const right = { size: 7.5, align: 'right' as const, width: area.width * 0.27 };
  pen.text(`${notes.owner.zh} ${notes.owner.en}`, area.x + area.width * 0.73, area.y + 1, right);
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
