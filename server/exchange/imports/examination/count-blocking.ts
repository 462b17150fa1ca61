import type { RowFaults } from '../../diagnosis/finding-list.ts';

/** Errors that forbid writing: those of the file, and those of rows that are to be written, both of them where two are at odds. */
export function countBlocking({ ofFile, errors }: RowFaults, chosen: ReadonlySet<number> | undefined): number {
  if (chosen === undefined) return ofFile + errors.length / 2;
  let count = ofFile;
  for (let at = 0; at < errors.length; at += 2) {
    const [row, other] = [errors[at] as number, errors[at + 1] as number];
    if (chosen.has(row) && (other === 0 || chosen.has(other))) count++;
  }
  return count;
}
