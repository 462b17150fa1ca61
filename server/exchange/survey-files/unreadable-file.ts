import type { Finding } from '../diagnosis/finding.ts';

/** Ends the reading of a file: nothing more can be said of it than this finding. */
export class UnreadableFile extends Error {
  readonly finding: Finding;

  constructor(code: string, params: Readonly<Record<string, unknown>> = {}, at: Partial<Finding> = {}) {
    super(code);
    this.name = 'UnreadableFile';
    this.finding = { ...at, code, severity: 'error', params };
  }
}
