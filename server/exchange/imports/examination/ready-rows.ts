import { createReadStream } from 'node:fs';
import { StringDecoder } from 'node:string_decoder';
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

/** Small enough to be parsed at one go between two answers to somebody else. */
const PIECE_BYTES = 1 << 17;

/** Of a batch: what is made of the first one begins while the others are still read. */
const FIRST_SHARE = 0.25;

/** The rows of a file of them, in batches of so many rows or characters, whichever comes first; the first one is smaller. */
export async function* readStoredRows(
  path: string,
  most: { readonly rows: number; readonly characters: number },
): AsyncGenerator<StoredRow[]> {
  let batch: StoredRow[] = [];
  let characters = 0;
  let share = FIRST_SHARE;
  for await (const lines of linesOf(path)) {
    for (const line of lines) {
      batch.push(JSON.parse(line) as StoredRow);
      characters += line.length;
      if (batch.length < share * most.rows && characters < share * most.characters) continue;
      yield batch;
      share = 1;
      batch = [];
      characters = 0;
    }
  }
  if (batch.length > 0) yield batch;
}

/** Lines by the piece: handed over one by one, a hundred thousand of them take longer than parsing what they say. */
async function* linesOf(path: string): AsyncGenerator<string[]> {
  const decoder = new StringDecoder('utf8');
  let begun = '';
  for await (const piece of createReadStream(path, { highWaterMark: PIECE_BYTES })) {
    const lines = decoder.write(piece as Buffer).split('\n');
    lines[0] = begun + (lines[0] as string);
    begun = lines.pop() as string;
    if (lines.length > 0) yield lines;
  }
  if (begun !== '') yield [begun];
}
