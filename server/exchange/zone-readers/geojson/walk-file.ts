import { open } from 'node:fs/promises';
import { UnusableFile } from '../zone-file.ts';
import { ByteWindow, WindowTooLarge } from './byte-window.ts';
import { walkDocument } from './walk-document.ts';
import type { DocumentVisitor, WalkedDocument } from './walk-document.ts';

export const DEFAULT_CRS = 'EPSG:4326';

/** Goes through a file of GeoJSON; answers the system of coordinates that it names, at whichever end. Throws UnusableFile. */
export async function walkFile(path: string, visitor: DocumentVisitor): Promise<string> {
  const walked = await walk(path, visitor);
  if (walked.kind === 'empty') throw new UnusableFile(path, 'is not GeoJSON');
  if (walked.kind === 'list') return DEFAULT_CRS;
  if (walked.members['type'] !== 'FeatureCollection') throw new UnusableFile(path, 'is not GeoJSON');
  return namedCrs(walked.members);
}

/** Of a collection, by the members that are known of it. */
export function namedCrs({ crs }: Readonly<Record<string, unknown>>): string {
  const named = isObject(crs) && isObject(crs['properties']) ? crs['properties']['name'] : undefined;
  return typeof named === 'string' ? named : DEFAULT_CRS;
}

async function walk(path: string, visitor: DocumentVisitor): Promise<WalkedDocument> {
  const handle = await open(path, 'r');
  try {
    return await walkDocument(new ByteWindow(handle), visitor);
  } catch (cause) {
    throw nameFault(path, cause);
  } finally {
    await handle.close();
  }
}

/** What a person is told of a text that is no JSON. */
export function nameFault(path: string, cause: unknown): unknown {
  if (cause instanceof WindowTooLarge)
    return new UnusableFile(path, 'has a feature of more than half a gigabyte', { cause });
  return cause instanceof SyntaxError ? new UnusableFile(path, 'is not JSON', { cause }) : cause;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
