import { namePeriods } from '../../../land/periods/policy.ts';
import type { Finding } from '../../diagnosis/finding.ts';

/** Which rows of a file date back under what is published, told once for all of them. */
export class Restating {
  private readonly published: readonly string[];
  private count = 0;
  private earliest = '';

  /** Days as at which the mine was published, oldest first. */
  constructor(published: readonly string[]) {
    this.published = published;
  }

  note(day: string | undefined): void {
    if (day === undefined || day > (this.published.at(-1) ?? '')) return;
    if (this.count === 0 || day < this.earliest) this.earliest = day;
    this.count += 1;
  }

  tell(report: (finding: Finding) => void): void {
    if (this.count === 0) return;
    const periods = namePeriods(this.published.filter(day => day >= this.earliest));
    const params = { count: this.count, from: this.earliest, periods };
    report({ code: 'rows-restate-published', severity: 'warning', params });
  }
}
