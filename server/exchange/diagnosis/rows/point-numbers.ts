import type { SurveyRow } from '../../survey-files/survey-file.ts';
import type { Finding } from '../finding.ts';

/** Names that stand twice at different places, and numbers that are left out, ring by ring. */
export function checkPointNumbers(row: SurveyRow, report: (finding: Finding) => void): void {
  if (row.shape?.kind !== 'rings') return;
  for (const { names, pairs } of row.shape.rings) {
    if (names === undefined || names.every(name => name === '')) continue;
    const places = new Map<string, string>();
    for (const [index, name] of names.entries()) {
      const place = `${pairs[2 * index]} ${pairs[2 * index + 1]}`;
      const known = places.get(name);
      if (name !== '' && known !== undefined && known !== place) {
        report({ code: 'point-name-twice', severity: 'warning', row: row.number, point: name });
      }
      places.set(name, place);
    }
    const numbers = [...places.keys()].map(name => Number(/^[A-Za-z]*(\d+)$/.exec(name)?.[1] ?? Number.NaN));
    for (let i = 1; i < numbers.length; i++) {
      const [before, after] = [numbers[i - 1] as number, numbers[i] as number];
      if (after > before + 1 && after - before < 1000) {
        const names2 = [...places.keys()];
        report({
          code: 'point-numbers-missing',
          severity: 'warning',
          row: row.number,
          point: `${names2[i - 1]}–${names2[i]}`,
          params: { count: after - before - 1 },
        });
      }
    }
  }
}
