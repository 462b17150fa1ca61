import { join } from 'node:path';
import type { ExportJob, Written } from '../export-layer.ts';
import { writeTextFile } from '../parts/text-file.ts';
import { wktText } from '../parts/wkt-text.ts';
import { csvLine } from './csv-line.ts';

/** The column of the outlines; GDAL knows it by this name. */
const GEOMETRY_COLUMN = 'WKT';

/** A table of the fields by their names, outlines last as well-known text. */
export async function writeCsv(job: ExportJob): Promise<Written> {
  const { layer } = job;
  const path = join(job.folder, `${layer.name}.csv`);
  let records = 0;
  async function* pieces(): AsyncGenerator<string> {
    yield csvLine([...layer.fields.map(field => field.name), GEOMETRY_COLUMN]);
    for await (const { values, geometry } of layer.features()) {
      yield csvLine([...layer.fields.map(field => values[field.name] ?? null), wktText(geometry)]);
      records += 1;
    }
  }
  await writeTextFile(path, job.encoding, pieces());
  return { path, records, leftOut: 0 };
}
