import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { zipOf } from './zip-of.ts';

/** What belongs to a .shp, packed as people send it. */
export function zipBeside(shp: string): Buffer {
  const stem = basename(shp, extname(shp));
  const names = readdirSync(dirname(shp)).filter(
    name => basename(name, extname(name)) === stem && !name.endsWith('json'),
  );
  return zipOf(names.map(name => ({ name, content: readFileSync(join(dirname(shp), name)) })));
}
