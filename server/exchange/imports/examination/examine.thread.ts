// Reads a foreign file, so that whatever it does to its reader it does to this thread alone.
import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { once } from 'node:events';
import { parentPort, workerData, type MessagePort } from 'node:worker_threads';
import { encodeWkb } from '../../../../gis/geometry/wkb.ts';
import type { MultiPolygon } from '../../../../gis/types.ts';
import { diagnose, type Diagnosis, type ReadyRow } from '../../diagnosis/diagnose.ts';
import type { Fixes } from '../../diagnosis/fixes.ts';
import type { RecordedLand } from '../../diagnosis/gaps/recorded-land.ts';
import { groundOf } from '../../diagnosis/ground.ts';
import { offsetInText } from '../../survey-files/bytes/datum-in-words.ts';
import { IMPORT_LIMITS } from '../../survey-files/limits.ts';
import { fieldsKey } from '../mapping/suggest-mapping.ts';
import type { BrokenRow } from '../imports.contract.ts';
import type { StoredRow } from './ready-rows.ts';

export interface ExaminationTask {
  readonly path: string;
  readonly fileName: string;
  readonly scratch: string;
  /** Where the rows are written that could be stored. */
  readonly rowsPath: string;
  readonly fixes: Fixes;
  /** Licence, surface right and responsibility range of the mine. */
  readonly outlines: readonly MultiPolygon[];
  /** Asked with boxes, answers with the land of the ledger that meets them. */
  readonly landPort: MessagePort;
  /** Which layers of drawings were read before, by the key of their fields. */
  readonly layersByFields: Readonly<Record<string, Readonly<Record<string, boolean>>>>;
}

export interface Examined {
  readonly diagnosis: Diagnosis;
  /** The first rows, to be shown. */
  readonly shown: readonly ReadyRow[];
  /** The first rows that could not be stored, as they were drawn. */
  readonly broken: readonly BrokenRow[];
}

const task = workerData as ExaminationTask;
const WRITE_BYTES = 1 << 20;

async function work(): Promise<Examined> {
  const file = openSync(task.rowsPath, 'w');
  const shown: ReadyRow[] = [];
  const broken: BrokenRow[] = [];
  let shownVertices = 0;
  let pending = '';
  const flush = (): void => {
    if (pending !== '') writeSync(file, pending);
    pending = '';
  };
  try {
    const diagnosis = await diagnose({
      ...task,
      ground: groundOf(task.outlines),
      recorded: askForLand,
      layersBefore: fields => task.layersByFields[fieldsKey('dxf', fields)],
      offsetInText: offsetInText(headOf(task.path)),
      onBroken(row, rings) {
        const lines = rings
          .map(ring => ring.filter(position => position.every(Number.isFinite)).map(([lng, lat]) => [lng, lat]))
          .filter(ring => ring.length > 1);
        if (lines.length === 0 || broken.length >= IMPORT_LIMITS.shownRows) return;
        shownVertices += lines.reduce((sum, line) => sum + line.length, 0);
        if (shownVertices <= IMPORT_LIMITS.shownVertices) broken.push({ row, lines });
      },
      onRow(row) {
        const stored: StoredRow = {
          number: row.number,
          name: row.name ?? null,
          attributes: row.attributes,
          areaM2: row.areaM2,
          isSound: row.isJudged && isOneRing(row.geometry),
          planeAreaM2: row.planeAreaM2 ?? null,
          declaredAreaM2: task.fixes.acceptAreas === true ? null : (row.declaredAreaM2 ?? null),
          geometryHex: Buffer.from(encodeWkb(row.geometry, 4326)).toString('hex'),
        };
        pending += `${JSON.stringify(stored)}\n`;
        if (pending.length > WRITE_BYTES) flush();
        if (shown.length >= IMPORT_LIMITS.shownRows || shownVertices > IMPORT_LIMITS.shownVertices) return;
        shown.push(row);
        shownVertices += row.geometry.coordinates.reduce(
          (sum, rings) => sum + rings.reduce((count, ring) => count + ring.length, 0),
          0,
        );
      },
    });
    flush();
    return { diagnosis, shown, broken };
  } finally {
    closeSync(file);
  }
}

/**
 * Of one ring that never meets itself nobody can be of two minds. Rings that touch each other are decided by the database as well, in
 * case it is stricter.
 */
const isOneRing = ({ coordinates }: MultiPolygon): boolean => coordinates.length === 1 && coordinates[0]?.length === 1;

/** The database is not at hand here. */
const askForLand: RecordedLand = async boxes => {
  const answer = once(task.landPort, 'message');
  task.landPort.postMessage(boxes);
  const [land] = (await answer) as [Awaited<ReturnType<RecordedLand>>];
  task.landPort.close();
  return land;
};

/** The beginning as bytes of one character each: the names of datums are ASCII or stand in UTF-8. */
function headOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(8192);
    return head.toString('utf8', 0, readSync(file, head, 0, head.length, 0));
  } finally {
    closeSync(file);
  }
}

parentPort?.postMessage({ kind: 'result', value: await work() });
