import type { Position } from '../../../../gis/types.ts';
import type { SurveyRow } from '../../survey-files/survey-file.ts';
import type { Finding } from '../finding.ts';

/** Names that stand twice at different places, and numbers that are left out, ring by ring. */
export function checkPointNumbers(
  row: SurveyRow,
  place: (first: number, second: number) => Position,
  report: (finding: Finding) => void,
): void {
  if (row.shape?.kind !== 'rings') return;
  for (const { names, pairs } of row.shape.rings) {
    if (names === undefined || names.every(name => name === '')) continue;
    const at = (index: number): Pick<Finding, 'position'> => {
      const position = place(pairs[2 * index] as number, pairs[2 * index + 1] as number);
      return position.every(Number.isFinite) ? { position } : {};
    };
    const isElsewhere = (one: number, other: number): boolean =>
      isOther(pairs[2 * one], pairs[2 * other]) || isOther(pairs[2 * one + 1], pairs[2 * other + 1]);
    /** Where each name stands last. */
    const indexes = new Map<string, number>();
    for (const [index, name] of names.entries()) {
      const known = indexes.get(name);
      if (name !== '' && known !== undefined && isElsewhere(known, index)) {
        report({ code: 'point-name-twice', severity: 'warning', row: row.number, point: name, ...at(index) });
      }
      indexes.set(name, index);
    }
    const numbers = [...indexes.keys()].map(name => Number(/^[A-Za-z]*(\d+)$/.exec(name)?.[1] ?? Number.NaN));
    for (let i = 1; i < numbers.length; i++) {
      const [before, after] = [numbers[i - 1] as number, numbers[i] as number];
      if (after > before + 1 && after - before < 1000) {
        const names2 = [...indexes.keys()];
        report({
          code: 'point-numbers-missing',
          severity: 'warning',
          row: row.number,
          point: `${names2[i - 1]}–${names2[i]}`,
          ...at(indexes.get(names2[i] as string) as number),
          params: { count: after - before - 1 },
        });
      }
    }
  }
}

/** What is no number is no other place than what is none either. */
const isOther = (one: number | undefined, other: number | undefined): boolean =>
  one !== other && !(Number.isNaN(one) && Number.isNaN(other));
