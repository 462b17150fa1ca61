import { join } from 'node:path';
import { AppError } from '../../../platform/errors.ts';
import type { ExportJob, Feature, Written } from '../export-layer.ts';
import { writeZip, type ZipEntry } from '../parts/zip-file.ts';
import { cornersSheet } from './corners-sheet.ts';
import { definitionsSheet } from './definitions-sheet.ts';
import { minesSheet } from './mines-sheet.ts';
import { inOtherUnits } from './other-units.ts';
import { columnName, sheetRow, STYLE, text, valueCell, type Cell } from './sheet-cells.ts';
import { DATA_SHEET, summarySheet } from './summary-sheet.ts';
import { Tally } from './tally.ts';
import { SHEET_TAIL, sheetHead, workbookParts } from './workbook-parts.ts';

/** Rows that a sheet can have, less its head. */
const MAX_ROWS = 1_048_575;

/** The fields that give an area in other units, in the order of `inOtherUnits`. */
const OTHER_UNITS = ['areaHa', 'areaMu'];

/**
 * A workbook: rows with areas as numbers, sums and rates as formulas over them, definitions in both languages,
 * and the corners of the outlines as a table that survey programs (and our own import) read.
 * @throws AppError `export-too-large`
 */
export async function writeXlsx(job: ExportJob): Promise<Written> {
  const { layer, notes } = job;
  const path = join(job.folder, `${layer.name}.xlsx`);
  const tally = new Tally(layer);
  const areaColumn = layer.fields.findIndex(({ name }) => name === 'areaM2');

  /** Hectares and mu are worked out from the m² beside them. */
  function convertedCell({ values: { areaM2 } }: Feature, name: string): Cell | undefined {
    if (!OTHER_UNITS.includes(name) || typeof areaM2 !== 'number') return undefined;
    return inOtherUnits(`${columnName(areaColumn)}${tally.records + 1}`, areaM2)[OTHER_UNITS.indexOf(name)];
  }

  async function* dataSheet(): AsyncGenerator<string> {
    yield sheetHead(
      layer.fields.map(field => (field.type === 'text' ? 18 : 14)),
      true,
    );
    yield sheetRow(
      1,
      layer.fields.map(({ title }) => text(`${title.zh} ${title.en}`, STYLE.head)),
    );
    for await (const feature of layer.features()) {
      tally.add(feature);
      if (tally.records > MAX_ROWS) throw new AppError('export-too-large', { limit: `${MAX_ROWS} rows` });
      yield sheetRow(
        tally.records + 1,
        layer.fields.map(
          ({ name, type }) =>
            convertedCell(feature, name) ?? valueCell(feature.values[name] ?? null, type, name === 'areaM2'),
        ),
      );
    }
    yield SHEET_TAIL;
  }

  // Packed in this order: the sums are known when the rows have been written.
  const sheets: readonly (readonly [name: string, content: () => AsyncIterable<string>])[] = [
    [DATA_SHEET, dataSheet],
    ['汇总 Summary', () => summarySheet(layer, tally)],
    ...(layer.name === 'land' ? [['分矿 By mine', () => minesSheet(layer, tally)] as const] : []),
    ['定义 Definitions', () => definitionsSheet(job)],
    ...(layer.geometry === 'polygons' ? [['拐点 Corners', () => cornersSheet(job, tally.positions)] as const] : []),
  ];
  const parts = workbookParts(sheets.map(([name]) => name));
  await writeZip(path, notes.day, [
    ...parts.map(({ name, content }): ZipEntry => ({ name, bytes: Buffer.from(content, 'utf8') })),
    ...sheets.map(([, content], index): ZipEntry => ({ name: `xl/worksheets/sheet${index + 1}.xml`, text: content })),
  ]);
  return { path, records: tally.records, leftOut: 0 };
}
