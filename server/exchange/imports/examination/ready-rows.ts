import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { AttributeValue } from '../../survey-files/survey-file.ts';

/** A row as it waits on disk, one a line. */
export interface StoredRow {
  readonly number: number;
  readonly name: string | null;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  readonly areaM2: number;
  /** Whether the outline is of the kind, and was judged in the way, that leaves nothing for the database to judge. */
  readonly isSound?: boolean | undefined;
  readonly planeAreaM2: number | null;
  readonly declaredAreaM2: number | null;
  /** EWKB of a MultiPolygon in EPSG:4326, hexadecimal. */
  readonly geometryHex: string;
}

/** The rows of a file of them, in batches of so many rows or characters, whichever comes first. */
export async function* readStoredRows(
  path: string,
  most: { readonly rows: number; readonly characters: number },
): AsyncGenerator<StoredRow[]> {
  let batch: StoredRow[] = [];
  let characters = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    if (line === '') continue;
    batch.push(JSON.parse(line) as StoredRow);
    characters += line.length;
    if (batch.length < most.rows && characters < most.characters) continue;
    yield batch;
    batch = [];
    characters = 0;
  }
  if (batch.length > 0) yield batch;
}
