// A file's diagnosis as the product makes it, without a thread: bytes in, findings and rows out.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { diagnose, type Diagnosis, type ReadyRow } from '../../server/exchange/diagnosis/diagnose.ts';
import type { Fixes } from '../../server/exchange/diagnosis/fixes.ts';
import { groundOf } from '../../server/exchange/diagnosis/ground.ts';
import { FINDING_MESSAGES } from '../../server/exchange/diagnosis/wording/word-finding.ts';
import type { MultiPolygon } from '../../gis/types.ts';

export interface Diagnosed extends Diagnosis {
  readonly rows: readonly ReadyRow[];
  readonly codes: readonly string[];
  /** Rows that cannot be written, with how many positions they were drawn. */
  readonly broken: readonly (readonly [row: number, positions: number])[];
}

export async function diagnoseBytes(
  content: Uint8Array | string,
  fileName: string,
  options: {
    readonly fixes?: Fixes;
    readonly licence?: readonly MultiPolygon[];
    /** What the ledger holds of the mine. */
    readonly recorded?: readonly MultiPolygon[];
  } = {},
): Promise<Diagnosed> {
  const scratch = await mkdtemp(join(tmpdir(), 'regreen-diagnosing-'));
  try {
    const path = join(scratch, 'upload');
    await writeFile(path, content);
    const rows: ReadyRow[] = [];
    const broken: [number, number][] = [];
    const diagnosis = await diagnose({
      path,
      fileName,
      scratch,
      fixes: options.fixes ?? {},
      ground: groundOf(options.licence ?? []),
      recorded: () => Promise.resolve({ outlines: options.recorded ?? [], isComplete: true }),
      onRow: row => void rows.push(row),
      onBroken: (row, rings) => void broken.push([row, rings.flat().length]),
    });
    const unworded = diagnosis.findings
      .filter(({ code }) => FINDING_MESSAGES[code] === undefined)
      .map(({ code }) => code);
    if (unworded.length > 0) throw new Error(`findings without a sentence: ${unworded.join(', ')}`);
    return { ...diagnosis, rows, broken, codes: [...new Set(diagnosis.findings.map(({ code }) => code))] };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
