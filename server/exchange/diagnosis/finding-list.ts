import { IMPORT_LIMITS } from '../survey-files/limits.ts';
import type { Finding } from './finding.ts';

const ORDER = { error: 0, warning: 1, info: 2 } as const;

/** Which rows something is wrong with, all of them, also where findings of one kind are too many to be told one by one. */
export interface RowFaults {
  /** Errors of the file as a whole. */
  readonly ofFile: number;
  /** For each error of a row: its number, then that of the other row it takes for the error, or 0. */
  readonly errors: readonly number[];
  /** Numbers of rows with warnings. */
  readonly warnings: readonly number[];
}

/** Collects findings; of one code only the first few are kept, the others counted. */
export class FindingList {
  private readonly kept: Finding[] = [];
  private readonly counts = new Map<string, number>();
  private readonly errors: number[] = [];
  private readonly warnings = new Set<number>();
  private errorsOfFile = 0;
  errorCount = 0;

  readonly report = (finding: Finding): void => {
    const count = (this.counts.get(finding.code) ?? 0) + 1;
    this.counts.set(finding.code, count);
    this.note(finding);
    if (count <= IMPORT_LIMITS.findingsPerCode && this.kept.length < IMPORT_LIMITS.findings) this.kept.push(finding);
  };

  get faults(): RowFaults {
    return { ofFile: this.errorsOfFile, errors: this.errors, warnings: [...this.warnings] };
  }

  private note({ severity, row, params }: Finding): void {
    if (severity === 'warning' && row !== undefined) this.warnings.add(row);
    if (severity !== 'error') return;
    this.errorCount++;
    if (row === undefined) this.errorsOfFile++;
    else this.errors.push(row, typeof params?.['other'] === 'number' ? params['other'] : 0);
  }

  /** Worst first, then in the order in which they were found. */
  all(): Finding[] {
    const more = [...this.counts]
      .map(([code, count]) => ({ code, more: count - this.kept.filter(one => one.code === code).length }))
      .filter(one => one.more > 0)
      .map(({ code, more: count }): Finding => ({ code: 'more-of-code', severity: 'info', params: { code, count } }));
    return [...this.kept.toSorted((a, b) => ORDER[a.severity] - ORDER[b.severity]), ...more];
  }
}
