import { BinaryRows } from '../../../platform/db/copy/binary-rows.ts';
import type { BulkEvent } from './bulk.contract.ts';

/** What all events of a file have in common. */
export interface CommonOfEvents {
  readonly mineId: number;
  readonly importId: number;
  readonly recordedBy: number | null;
  readonly recordedRevision: number;
}

const COLUMNS = [
  'mine_id',
  'import_id',
  'recorded_by',
  'recorded_revision',
  'geom',
  'stage',
  'effective_on',
  'reason',
  'right_ref',
  'damage_type',
  'scope',
  'evidence_grade',
  'declared_area_m2',
  'area_m2',
];

/** Takes the rows that `copyRows` makes. */
export const COPY_EVENTS = `copy land_event (${COLUMNS.join(', ')}) from stdin (format binary)`;

/** Events as rows of the ledger, in their order. */
export function copyRows(common: CommonOfEvents, events: readonly BulkEvent[]): Uint8Array {
  const rows = new BinaryRows();
  for (const { properties, geometryHex, areaM2 } of events) {
    rows.row(COLUMNS.length);
    rows.int8(common.mineId);
    rows.int8(common.importId);
    rows.int8(common.recordedBy);
    rows.int4(common.recordedRevision);
    rows.hex(geometryHex);
    rows.text(properties.stage);
    rows.date(properties.effectiveOn);
    rows.text(properties.reason);
    rows.text(properties.rightRef);
    rows.text(properties.damageType);
    rows.text(properties.scope);
    rows.text(properties.evidenceGrade);
    rows.float8(properties.declaredAreaM2);
    rows.float8(areaM2);
  }
  return rows.finish();
}
