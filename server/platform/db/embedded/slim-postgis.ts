import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Extension } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';

/** Parts of the package that this product never installs. The engine compiles every library it finds, at each start. */
const UNUSED = /raster|topology|tiger|address_standardizer|sfcgal|rtpostgis|--unpackaged--|--ANY--|\/contrib\/|upgrade/;
const BLOCK = 512;

/**
 * PostGIS without its sister extensions, packed once into `path`: a third less to unpack and a third of the compiling, at
 * every start, and some 300 MB of memory. The file is whole or absent.
 */
export function slimPostgis(path: string): Extension {
  return {
    ...postgis,
    async setup(engine, options) {
      const full = await postgis.setup(engine, options);
      if (full.bundlePath && !existsSync(path)) await pack(full.bundlePath, path);
      return { ...full, bundlePath: pathToFileURL(path) };
    },
  };
}

async function pack(bundle: URL, path: string): Promise<void> {
  const slim = withoutEntries(gunzipSync(await readFile(bundle)), UNUSED);
  const draft = `${path}.${process.pid}.new`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(draft, gzipSync(slim, { level: 1 }), { flush: true });
  await rename(draft, path);
}

/** A tar archive (POSIX.1-1988, ustar) without the entries whose names match. */
export function withoutEntries(tar: Buffer, unwanted: RegExp): Buffer {
  const kept: Buffer[] = [];
  for (let at = 0; at + BLOCK <= tar.length;) {
    const header = tar.subarray(at, at + BLOCK);
    const text = (from: number, length: number): string =>
      header.toString('latin1', from, from + length).replace(/\0.*$/s, '');
    const name = `${text(345, 155)}/${text(0, 100)}`;
    // Two empty blocks end an archive.
    if (text(0, 100) === '') break;
    const size = Number.parseInt(text(124, 12).trim() || '0', 8);
    const end = at + BLOCK + Math.ceil(size / BLOCK) * BLOCK;
    if (!unwanted.test(name)) kept.push(tar.subarray(at, end));
    at = end;
  }
  return Buffer.concat([...kept, Buffer.alloc(2 * BLOCK)]);
}
