import { closeSync, openSync, readSync } from 'node:fs';
import type { ZoneRecord } from '../zone-file.ts';
import type { Stretch } from './cut-file.ts';
import { toRecord } from './feature-record.ts';
import { parseElement } from './parse-element.ts';
import { CoordinateReader } from './read-coordinates.ts';
import { isBetweenValues, skipValue } from './skip-value.ts';
import { nameFault } from './walk-file.ts';

/** Reads stretches of a file of GeoJSON in any order. For a thread that has nothing else to do: it waits for the file. */
export class StretchReader {
  private readonly path: string;
  private readonly file: number;
  private readonly coordinates = new CoordinateReader();
  private room = Buffer.alloc(0);

  constructor(path: string) {
    this.path = path;
    this.file = openSync(path, 'r');
  }

  /** Throws UnusableFile, and what the visitor throws. */
  read({ from, to, first }: Stretch, visit: (record: ZoneRecord) => void): void {
    const end = this.fill(from, to - from);
    const { path, room, coordinates } = this;
    try {
      let number = first;
      for (let at = 0; at < end; number += 1) {
        const after = skipValue(room, at, end);
        if (after < 0) throw new SyntaxError('ends too early');
        coordinates.reset();
        visit(toRecord(path, parseElement(room, at, after, coordinates), number));
        at = after;
        while (at < end && isBetweenValues(room[at] as number)) at += 1;
      }
    } catch (cause) {
      throw nameFault(path, cause);
    }
  }

  close(): void {
    closeSync(this.file);
  }

  /** Brings bytes of the file into the room; answers how many there were. */
  private fill(from: number, length: number): number {
    if (this.room.length < length) this.room = Buffer.allocUnsafeSlow(length + (length >> 2));
    let filled = 0;
    while (filled < length) {
      const count = readSync(this.file, this.room, filled, length - filled, from + filled);
      if (count === 0) break;
      filled += count;
    }
    return filled;
  }
}
