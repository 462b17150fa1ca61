import type { ExportLayer } from '../export-layer.ts';
import { isReclaimed } from '../../../../gis/ledger/areas.ts';
import { isDisturbed, STAGE_CODES, type StageCode } from '../../../../gis/ledger/stages.ts';
import { inOtherUnits } from './other-units.ts';
import { columnName, sheetRow, STYLE, text, type Cell } from './sheet-cells.ts';
import { dataRange } from './summary-sheet.ts';
import type { Tally, TalliedMine } from './tally.ts';
import { SHEET_TAIL, sheetHead } from './workbook-parts.ts';

const FIRST_STAGE_COLUMN = 3;
const stageColumn = (stage: StageCode): string => columnName(FIRST_STAGE_COLUMN + STAGE_CODES.indexOf(stage));

/** Land of each mine by stage, with its gross footprint, its accepted land and RR1 on basis A; the last row is sum over sum. */
export async function* minesSheet(layer: ExportLayer, tally: Tally): AsyncGenerator<string> {
  yield sheetHead([14, 24, 30, ...STAGE_CODES.map(() => 16), 18, 14, 14, 18, 14, 14, 10], true);
  const titles = [
    '代码 Code',
    '矿山',
    'Mine',
    ...STAGE_CODES.map(stage => `${stage} (m²)`),
    ...['Dg', 'R_A'].flatMap(code => [`${code} (m²)`, `${code} 公顷 ha`, `${code} 亩 mu`]),
    'RR1 A',
  ];
  yield sheetRow(
    1,
    titles.map(title => text(title, STYLE.head)),
  );
  const mines = [...tally.mines.values()];
  for (const [index, mine] of mines.entries()) {
    const row = index + 2;
    const areas = STAGE_CODES.map((stage): Cell => ({
      formula: `SUMIFS(${dataRange(layer, 'areaM2', tally.records)},${dataRange(layer, 'mineCode', tally.records)},$A${row},${dataRange(layer, 'stage', tally.records)},"${stage}")`,
      value: mine.areasM2.get(stage) ?? 0,
      style: STYLE.area,
    }));
    yield sheetRow(row, [text(mine.code), text(mine.zh), text(mine.en), ...areas, ...rates(row, [mine])]);
  }
  if (mines.length > 0) {
    const row = mines.length + 2;
    const sums = STAGE_CODES.map((stage): Cell => ({
      formula: `SUM(${stageColumn(stage)}2:${stageColumn(stage)}${row - 1})`,
      value: sumM2(mines, one => one === stage),
      style: STYLE.area,
    }));
    yield sheetRow(row, [null, text('合计', STYLE.head), text('Total', STYLE.head), ...sums, ...rates(row, mines)]);
  }
  yield SHEET_TAIL;
}

function sumM2(mines: readonly TalliedMine[], test: (stage: StageCode) => boolean): number {
  let sum = 0;
  for (const { areasM2 } of mines) for (const stage of STAGE_CODES) if (test(stage)) sum += areasM2.get(stage) ?? 0;
  return sum;
}

function rates(row: number, mines: readonly TalliedMine[]): Cell[] {
  // Each group has three columns: m², ha, mu.
  const columnOf = (group: number): string =>
    `${columnName(FIRST_STAGE_COLUMN + STAGE_CODES.length + 3 * group)}${row}`;
  const sum = (group: number, test: (stage: StageCode) => boolean): Cell[] => {
    const formula = STAGE_CODES.filter(test)
      .map(stage => `${stageColumn(stage)}${row}`)
      .join('+');
    const value = sumM2(mines, test);
    return [{ formula, value, style: STYLE.area }, ...inOtherUnits(columnOf(group), value)];
  };
  const isAccepted = (stage: StageCode): boolean => isReclaimed(stage, 'A');
  const grossM2 = sumM2(mines, isDisturbed);
  return [
    ...sum(0, isDisturbed),
    ...sum(1, isAccepted),
    {
      formula: `IF(${columnOf(0)}>0,${columnOf(1)}/${columnOf(0)},"")`,
      value: grossM2 > 0 ? sumM2(mines, isAccepted) / grossM2 : null,
      style: STYLE.percent,
    },
  ];
}
