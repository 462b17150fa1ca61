import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../errors.ts';
import { packageRoot } from '../../threads.ts';
import { takeProcessLock, type ProcessLock } from './process-lock.ts';

/** Our own note beside the database's files: what wrote them, and whether the first start got to its end. */
interface Marker {
  readonly product: 'regreen';
  readonly format: 1;
  readonly state: 'initialising' | 'ready';
  readonly postgresMajor: string;
  readonly pglite: string;
  readonly postgis: string;
}

export interface EmbeddedDirectory {
  /** Where PostgreSQL's files are. */
  readonly files: string;
  /** Where the part of PostGIS that is used is kept, packed; made anew where it is absent. */
  readonly postgisBundle: string;
  readonly isNew: boolean;
  /** To be called once PostGIS is there: from now on the files are never touched by a first start. */
  markReady(): Promise<void>;
  release(): Promise<void>;
}

const require = createRequire(join(packageRoot, 'package.json'));
const installedVersion = (name: string): string =>
  (require(join(packageRoot, 'node_modules', name, 'package.json')) as { version: string }).version;

/** PostgreSQL major of PGlite 0.5. */
const POSTGRES_MAJOR = '18';
/** Files without which PostgreSQL would make a new, empty database in place of the damaged one. */
const VITAL = ['PG_VERSION', 'global/pg_control', 'base', 'pg_wal'];
/** PostgreSQL always writes its control file whole, in this size. */
const CONTROL_BYTES = 8_192;

/**
 * Takes `<dataDir>/database` for this process and says what is in it.
 * Errors: `embedded-database-in-use` {pid, host}, `embedded-database-other-version` {found, needed},
 * `embedded-database-damaged` {reason}. Whatever is refused is left exactly as it was found.
 */
export async function takeDirectory(dataDir: string): Promise<EmbeddedDirectory> {
  const home = join(dataDir, 'database');
  await mkdir(home, { recursive: true });
  const lock = await takeProcessLock(join(home, 'lock'));
  if ('heldBy' in lock) {
    const { pid, host } = lock.heldBy;
    throw new AppError('embedded-database-in-use', { directory: home, pid, host });
  }
  try {
    return await inspect(home, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

async function inspect(home: string, lock: ProcessLock): Promise<EmbeddedDirectory> {
  const files = join(home, 'files');
  const markerPath = join(home, 'regreen.json');
  const own: Marker = {
    product: 'regreen',
    format: 1,
    state: 'initialising',
    postgresMajor: POSTGRES_MAJOR,
    pglite: installedVersion('@electric-sql/pglite'),
    postgis: installedVersion('@electric-sql/pglite-postgis'),
  };
  const write = async (marker: Marker): Promise<void> => {
    await writeFile(`${markerPath}.new`, `${JSON.stringify(marker, null, 2)}\n`, { flush: true });
    await rename(`${markerPath}.new`, markerPath);
  };

  const marker = await readMarker(home, markerPath);
  if (marker === undefined) {
    const found = existsSync(files) ? await readdir(files) : [];
    if (found.length > 0) throw damaged(home, 'no-marker');
  } else {
    assertSameVersion(home, marker, own);
  }
  const isNew = marker?.state !== 'ready';
  if (isNew) {
    // An interrupted first start left this: no account and no record can be in it yet.
    await rm(files, { recursive: true, force: true });
    await mkdir(files, { recursive: true });
    await write(own);
  } else {
    for (const name of VITAL) if (!existsSync(join(files, name))) throw damaged(home, `missing ${name}`);
    const { size } = await stat(join(files, 'global/pg_control'));
    if (size !== CONTROL_BYTES) throw damaged(home, `global/pg_control has ${size} bytes`);
  }
  return {
    files,
    postgisBundle: join(home, `postgis-${own.postgis}.tar.gz`),
    isNew,
    markReady: () => write({ ...own, state: 'ready' }),
    release: () => lock.release(),
  };
}

async function readMarker(home: string, path: string): Promise<Marker | undefined> {
  if (!existsSync(path)) return undefined;
  let marker: Partial<Marker>;
  try {
    marker = JSON.parse(await readFile(path, 'utf8')) as Partial<Marker>;
  } catch {
    throw damaged(home, 'marker-unreadable');
  }
  const isOurs = marker.product === 'regreen' && (marker.state === 'ready' || marker.state === 'initialising');
  if (!isOurs) throw damaged(home, 'marker-unreadable');
  return marker as Marker;
}

/** Files are read by the same line of the embedded engine only: 0.5.8 by 0.5.x. */
function assertSameVersion(home: string, found: Marker, own: Marker): void {
  const line = (version: string): string => version.split('.').slice(0, 2).join('.');
  const isSame =
    found.format === own.format &&
    found.postgresMajor === own.postgresMajor &&
    line(found.pglite) === line(own.pglite) &&
    line(found.postgis) === line(own.postgis);
  if (isSame) return;
  const name = (marker: Marker): string =>
    `PostgreSQL ${marker.postgresMajor}, PGlite ${marker.pglite}, PostGIS package ${marker.postgis}, format ${marker.format}`;
  throw new AppError('embedded-database-other-version', { directory: home, found: name(found), needed: name(own) });
}

export const damaged = (directory: string, reason: string): AppError =>
  new AppError('embedded-database-damaged', { directory, reason });
