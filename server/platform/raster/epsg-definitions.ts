import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const known = new Map<number, string | undefined>();

/**
 * PROJ definition of an EPSG code that the core has no rule for, from the list that `epsg-index` keeps (8,000 codes, a small file each, no
 * network); undefined for codes that it does not list. Vertical, geocentric and compound systems have no definition on a map.
 */
export function findEpsgDefinition(epsg: number): string | undefined {
  if (!Number.isInteger(epsg) || epsg <= 0) return undefined;
  if (!known.has(epsg)) known.set(epsg, readDefinition(epsg));
  return known.get(epsg);
}

function readDefinition(epsg: number): string | undefined {
  let text: string;
  try {
    text = readFileSync(require.resolve(`epsg-index/s/${epsg}.json`), 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'MODULE_NOT_FOUND' || code === 'ENOENT') return undefined;
    throw error;
  }
  const { name, proj4 } = JSON.parse(text) as { name: string; proj4: string | null };
  if (!proj4?.includes('+proj=')) return undefined;
  // The list says of these that they are WGS 84; they are 78 m from it.
  if (/^(IG05|Israeli Grid 05)/.test(name)) return undefined;
  return proj4;
}
