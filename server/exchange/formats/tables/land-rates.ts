import { isReclaimed } from '../../../../gis/ledger/areas.ts';
import { RATE_DEFINITIONS } from '../../../../gis/ledger/definitions.ts';
import { isDisturbed, STAGE_CODES, STAGES, type StageCode } from '../../../../gis/ledger/stages.ts';
import { BASES, type Basis } from '../../../../gis/ledger/vocabulary.ts';
import { inOtherUnits } from './other-units.ts';
import { STYLE, text, type Cell } from './sheet-cells.ts';
import type { Tally } from './tally.ts';

/** The stages stand in rows 2 … of the summary, in their order. */
const cellOf = (stage: StageCode): string => `D${2 + STAGE_CODES.indexOf(stage)}`;

const sumOf = (test: (stage: StageCode) => boolean): string => STAGE_CODES.filter(test).map(cellOf).join('+');

const BASIS_WORDS: Readonly<Record<Basis, readonly [zh: string, en: string]>> = {
  E: ['工程完成口径', 'works complete'],
  A: ['验收合格口径', 'accepted'],
  C: ['移交口径', 'certified'],
};

/**
 * The ledger's sums and the three rates that need nothing but the partition (RR4 takes a plan, RR5 a responsibility range),
 * each a formula over cells above it. `firstRow` is the number of the first row returned.
 */
export function landRateRows(firstRow: number, tally: Tally): Cell[][] {
  const rows: Cell[][] = [[], [text('合计与治理率', STYLE.head), null, text('Sums and rates', STYLE.head)]];
  const areaM2 = (test: (stage: StageCode) => boolean): number =>
    STAGE_CODES.reduce((sum, stage) => (test(stage) ? sum + (tally.areasM2.get(stage) ?? 0) : sum), 0);
  const values = new Map<string, number>();
  const area = (code: string, zh: string, en: string, test: (stage: StageCode) => boolean): string => {
    const at = `D${firstRow + rows.length}`;
    values.set(at, areaM2(test));
    rows.push([
      text(code),
      text(zh),
      text(en),
      { formula: sumOf(test), value: areaM2(test), style: STYLE.area },
      ...inOtherUnits(at, areaM2(test)),
    ]);
    return at;
  };
  const rate = (code: string, [zh, en]: readonly [string, string], numerator: string, denominator: string): void => {
    const [above, below] = [values.get(numerator) ?? 0, values.get(denominator) ?? 0];
    rows.push([
      text(code),
      text(zh),
      text(en),
      {
        formula: `IF(${denominator}>0,${numerator}/${denominator},"")`,
        value: below > 0 ? above / below : null,
        style: STYLE.percent,
      },
    ]);
  };
  const group = (stage: StageCode): string => STAGES[stage].group;
  const gross = area('Dg', '累计损毁面积（毛）', 'Gross disturbed footprint', isDisturbed);
  const due = area('Q', '应治理面积', 'Land that is due', stage =>
    ['ready', 'activeWorks', 'reclaimed'].includes(group(stage)),
  );
  const started = area('W+R_E', '在治理及工程完成面积', 'Works under way or complete', stage =>
    ['activeWorks', 'reclaimed'].includes(group(stage)),
  );
  const reclaimed = BASES.map(basis => {
    const [zh, en] = BASIS_WORDS[basis];
    return [
      basis,
      area(`R_${basis}`, `已复垦面积（${zh}）`, `Reclaimed (${en})`, stage => isReclaimed(stage, basis)),
    ] as const;
  });
  for (const [basis, numerator] of reclaimed) {
    const [zh, en] = BASIS_WORDS[basis];
    const words = (code: 'RR1' | 'RR2'): readonly [string, string] => [
      `${RATE_DEFINITIONS[code].name.zh}(${zh})`,
      `${RATE_DEFINITIONS[code].name.en} (${en})`,
    ];
    rate(`RR1 ${basis}`, words('RR1'), numerator, gross);
    rate(`RR2 ${basis}`, words('RR2'), numerator, due);
  }
  rate('RR3', [RATE_DEFINITIONS.RR3.name.zh, RATE_DEFINITIONS.RR3.name.en], started, gross);
  return rows;
}
