import type { NewEvent } from '../../../land/events/events.contract.ts';
import type { AppError } from '../../../platform/errors.ts';
import { FindingList, type RowFaults } from '../../diagnosis/finding-list.ts';
import type { Finding } from '../../diagnosis/finding.ts';
import { readStoredRows, type StoredRow } from '../examination/ready-rows.ts';
import { dateOf, mapRow } from './map-row.ts';
import type { Mapping } from './mapping.ts';
import { Restating } from './restating.ts';

export interface CheckedMapping {
  readonly findings: readonly Finding[];
  readonly faults: RowFaults;
  /** Different values of the columns, the first few dozen of each, in order of appearance. */
  readonly values: Readonly<Record<string, readonly string[]>>;
}

const MAX_VALUES = 40;
const BATCH = { rows: 500, characters: 4_000_000 };

/** What the ledger knows that rows are held against before they are written. */
export interface LedgerRules {
  readonly faultOf: (properties: NewEvent['properties']) => AppError | undefined;
  /** Days as at which the mine was published, oldest first. */
  readonly published: readonly string[];
}

/**
 * Maps every row once, to say what cannot be mapped before anything is written, and what the ledger has against events like that.
 * Where nothing was mapped yet the days are those of the `suggested` mapping.
 */
export async function checkMapping(
  rowsPath: string,
  { mapping, suggested }: { readonly mapping: Mapping | null; readonly suggested: Mapping },
  { faultOf, published }: LedgerRules,
): Promise<CheckedMapping> {
  const list = new FindingList();
  const values = new Map<string, Set<string>>();
  const chosen = mapping?.rows === undefined ? undefined : new Set(mapping.rows);
  const restating = new Restating(published);
  let isAnyChosen = false;
  for await (const batch of readStoredRows(rowsPath, BATCH)) {
    for (const row of batch) {
      collect(row, values);
      if (chosen?.has(row.number) === false) continue;
      restating.note(dateOf(row, mapping ?? suggested));
      if (mapping === null) continue;
      isAnyChosen = true;
      const mapped = mapRow({ ...row, declaredAreaM2: row.declaredAreaM2 ?? undefined }, mapping);
      const fault = 'findings' in mapped ? undefined : faultOf(mapped.properties);
      if ('findings' in mapped) for (const finding of mapped.findings) list.report(finding);
      else if (fault) list.report({ code: fault.code, severity: 'error', row: row.number, params: fault.params });
    }
  }
  // Written with nothing in it, the file would count as imported.
  if (chosen !== undefined && !isAnyChosen) list.report({ code: 'no-rows-chosen', severity: 'error' });
  restating.tell(list.report);
  return {
    findings: list.all(),
    faults: list.faults,
    values: Object.fromEntries(
      [...values].filter(([, set]) => set.size <= MAX_VALUES).map(([name, set]) => [name, [...set]]),
    ),
  };
}

function collect({ attributes }: StoredRow, values: Map<string, Set<string>>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === '') continue;
    const known = values.get(name) ?? new Set<string>();
    if (known.size <= MAX_VALUES) known.add(String(value).slice(0, 200));
    values.set(name, known);
  }
}
