import { createHash } from 'node:crypto';
import type { ShareRow } from '../partition/partition.repository.ts';

/**
 * `sha256:…` over the cell rows that a figure was made of, in the order of their events: event, stage, scope, evidence, since, and the
 * area in m² to the hundredth. Two answers with the same hash were made of the same ledger.
 */
export function hashShares(rows: readonly ShareRow[]): string {
  const hash = createHash('sha256');
  const lines = rows
    .toSorted((a, b) => a.eventId - b.eventId)
    .map(r => [r.eventId, r.stage, r.scope, r.evidenceGrade, r.since, r.areaM2.toFixed(2)].join('|'));
  hash.update(lines.join('\n'));
  return `sha256:${hash.digest('hex')}`;
}

/** The same for a group of mines: over the sums by stage, scope and evidence, and over the ledgers they came from. */
export function hashGroup(
  ledgers: readonly string[],
  rows: readonly { stage: string; scope: string; evidenceGrade: string; areaM2: number }[],
): string {
  const lines = rows.map(r => [r.stage, r.scope, r.evidenceGrade, r.areaM2.toFixed(2)].join('|')).toSorted();
  return `sha256:${createHash('sha256')
    .update([...ledgers.toSorted(), ...lines].join('\n'))
    .digest('hex')}`;
}
