import type { ImportAnswer } from '../../api/imports.ts';

/**
 * Errors that forbid writing, by the same rule by which the server refuses: those of the file, and those of rows that are to be written.
 * Where two rows are at odds, leaving out either settles their error, and no other one.
 */
export function countBlocking({ ofFile, errors }: ImportAnswer['faults'], leftOut: ReadonlySet<number>): number {
  let count = ofFile;
  for (let at = 0; at < errors.length; at += 2) {
    const [row, other] = [errors[at] as number, errors[at + 1] as number];
    if (!leftOut.has(row) && !leftOut.has(other)) count++;
  }
  return count;
}
