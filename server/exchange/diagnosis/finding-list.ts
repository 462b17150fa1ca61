import { IMPORT_LIMITS } from '../survey-files/limits.ts';
import type { Finding } from './finding.ts';

const ORDER = { error: 0, warning: 1, info: 2 } as const;

/** Collects findings; of one code only the first few are kept, the others counted. */
export class FindingList {
  private readonly kept: Finding[] = [];
  private readonly counts = new Map<string, number>();
  errorCount = 0;

  readonly report = (finding: Finding): void => {
    const count = (this.counts.get(finding.code) ?? 0) + 1;
    this.counts.set(finding.code, count);
    if (finding.severity === 'error') this.errorCount++;
    if (count <= IMPORT_LIMITS.findingsPerCode && this.kept.length < IMPORT_LIMITS.findings) this.kept.push(finding);
  };

  /** Worst first, then in the order in which they were found. */
  all(): Finding[] {
    const more = [...this.counts]
      .map(([code, count]) => ({ code, more: count - this.kept.filter(one => one.code === code).length }))
      .filter(one => one.more > 0)
      .map(({ code, more: count }): Finding => ({ code: 'more-of-code', severity: 'info', params: { code, count } }));
    return [...this.kept.toSorted((a, b) => ORDER[a.severity] - ORDER[b.severity]), ...more];
  }
}
