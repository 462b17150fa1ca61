import { join } from 'node:path';
import { crsToWkt } from '../../../../gis/crs/to-wkt.ts';
import { AppError } from '../../../platform/errors.ts';
import { BinaryFile } from '../parts/binary-file.ts';
import type { ExportJob, Written } from '../export-layer.ts';
import { fieldLine, notesLines } from '../parts/notes-text.ts';
import { writeZip } from '../parts/zip-file.ts';
import { DbaseTable } from './dbase-table.ts';
import { noBounds, POINT, POLYGON, shapeContent, shapeHead } from './shape-records.ts';

/** Lengths are counted in 16-bit words of 31 bits, and most readers stop at 2 GB. */
const MAX_BYTES = 2_000_000_000;

/**
 * A zip of .shp .shx .dbf .prj .cpg and a text that says how the fields are named. Neither outlines nor attributes may have more than
 * `maxBytes`. @throws AppError `export-too-large`
 */
export async function writeShapefile(job: ExportJob, maxBytes = MAX_BYTES): Promise<Written> {
  const { layer, notes, encoding } = job;
  const at = (extension: string): string => join(job.folder, `${layer.name}.${extension}`);
  const table = new DbaseTable(layer, encoding);
  const type = layer.geometry === 'points' ? POINT : POLYGON;
  const [shp, shx, dbf] = await Promise.all(['shp', 'shx', 'dbf'].map(extension => BinaryFile.create(at(extension))));
  if (!shp || !shx || !dbf) throw new Error('three files were opened');
  let records = 0;
  try {
    await shp.append(new Uint8Array(100));
    await shx.append(new Uint8Array(100));
    await dbf.append(new Uint8Array(table.headBytes()));
    const bounds = noBounds();
    for await (const { values, geometry } of layer.features()) {
      records += 1;
      const content = shapeContent(geometry, bounds);
      const recordHead = Buffer.alloc(8);
      recordHead.writeInt32BE(records, 0);
      recordHead.writeInt32BE(content.length / 2, 4);
      const index = Buffer.alloc(8);
      index.writeInt32BE(shp.length / 2, 0);
      index.writeInt32BE(content.length / 2, 4);
      const row = table.record(values);
      if (Math.max(shp.length + content.length, dbf.length + row.length) > maxBytes)
        throw new AppError('export-too-large', { limit: '2 GB' });
      await shp.append(recordHead);
      await shp.append(content);
      await shx.append(index);
      await dbf.append(row);
    }
    await dbf.append(Uint8Array.of(0x1a));
    await shp.finish(shapeHead(shp.length, type, bounds));
    await shx.finish(shapeHead(shx.length, type, bounds));
    await dbf.finish(table.head(records, notes.day));
  } catch (error) {
    await Promise.allSettled([shp, shx, dbf].map(file => file.abandon()));
    throw error;
  }
  const path = at('zip');
  const text = (content: string) => ({ bytes: Buffer.from(content, 'utf8') });
  await writeZip(path, notes.day, [
    { name: `${layer.name}.shp`, path: at('shp') },
    { name: `${layer.name}.shx`, path: at('shx') },
    { name: `${layer.name}.dbf`, path: at('dbf') },
    { name: `${layer.name}.prj`, ...text(crsToWkt(job.crs.code, 'esri')) },
    { name: `${layer.name}.cpg`, ...text(encoding === 'gbk' ? 'GBK' : 'UTF-8') },
    { name: `${layer.name}.fields.txt`, ...text(`﻿${fieldsText(job, table, records)}`) },
  ]);
  return { path, records, leftOut: 0 };
}

/** dBASE allows ten letters: how each name was shortened, and what could not go along. */
function fieldsText({ layer, notes }: ExportJob, table: DbaseTable, records: number): string {
  const mapped = table.columns.map(({ field }) => `${field.short.padEnd(10)} = ${field.name}  ${fieldLine(field)}`);
  const missing = layer.fields
    .filter(field => field.short === null)
    .map(field => `(未含 not carried)  ${field.name}  ${fieldLine(field)}`);
  const cut =
    table.cut === 0
      ? []
      : [`超过 254 字节而截断的文本 Texts cut at 254 bytes: ${table.cut}。完整内容请用 GeoPackage 导出。`];
  return [
    ...notesLines(notes).map(([title, value]) => (title === '' ? value : `${title}: ${value}`)),
    `记录数 Records: ${records}`,
    ...cut,
    '',
    ...mapped,
    ...missing,
    '',
  ].join('\r\n');
}
