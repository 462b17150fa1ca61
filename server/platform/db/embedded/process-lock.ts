import { mkdir, readFile, rm, rmdir, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { readFileSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';

interface Holder {
  readonly pid: number;
  readonly host: string;
  /** When the process began, as the system counts it: a reused pid is another process. Empty where unknown. */
  readonly startedAt: string;
}

export interface ProcessLock {
  release(): Promise<void>;
}

const HEARTBEAT_MS = 5_000;
/** Of a holder on another machine only the file's age can be known. */
const SILENCE_MS = 60_000;

/**
 * Takes a lock file that outlives no process: a holder that was killed is recognised by pid and start time (same
 * machine) or by a silent heartbeat (shared folder). Returns the holder when somebody alive has it.
 */
export async function takeProcessLock(path: string): Promise<ProcessLock | { readonly heldBy: Holder }> {
  const own: Holder = { pid: process.pid, host: hostname(), startedAt: processStart(process.pid) ?? '' };
  const text = JSON.stringify(own);
  for (let attempt = 0; attempt < 50; attempt++) {
    if (await createExclusively(path, text)) return hold(path, text);
    const holder = await readHolder(path);
    if (holder === undefined) continue;
    if (await isAlive(holder, path)) return { heldBy: holder };
    await removeStale(path, holder);
  }
  throw new Error(`Cannot take ${path}`);
}

async function createExclusively(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (isErrno(error, 'EEXIST')) return false;
    throw error;
  }
}

function hold(path: string, text: string): ProcessLock {
  const beat = setInterval(() => {
    const now = new Date();
    void utimes(path, now, now).catch(() => clearInterval(beat));
  }, HEARTBEAT_MS);
  beat.unref();
  const releaseAtExit = (): void => {
    if (readHolderTextSync(path) === text) rmSync(path, { force: true });
  };
  process.once('exit', releaseAtExit);
  return {
    async release() {
      clearInterval(beat);
      process.off('exit', releaseAtExit);
      if (readHolderTextSync(path) === text) await rm(path, { force: true });
    },
  };
}

/** Removes the file only if it still names the dead holder; a folder made beside it keeps two removers apart. */
async function removeStale(path: string, dead: Holder): Promise<void> {
  const guard = `${path}.takeover`;
  try {
    await mkdir(guard);
  } catch (error) {
    if (!isErrno(error, 'EEXIST')) throw error;
    const info = await stat(guard).catch(() => undefined);
    if (info && Date.now() - info.mtimeMs > 10_000) await rmdir(guard).catch(() => undefined);
    await new Promise(resolve => setTimeout(resolve, 50));
    return;
  }
  try {
    const now = await readHolder(path);
    if (now && now.pid === dead.pid && now.startedAt === dead.startedAt && now.host === dead.host) await unlink(path);
  } finally {
    await rmdir(guard).catch(() => undefined);
  }
}

/** undefined when the file has gone in between; a half-written file counts as a dead holder. */
async function readHolder(path: string): Promise<Holder | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const { pid, host, startedAt } = JSON.parse(text) as Holder;
    return { pid, host, startedAt };
  } catch {
    const info = await stat(path).catch(() => undefined);
    const isBeingWritten = info !== undefined && Date.now() - info.mtimeMs < 1_000;
    if (isBeingWritten) await new Promise(resolve => setTimeout(resolve, 100));
    return isBeingWritten ? undefined : { pid: 0, host: hostname(), startedAt: '' };
  }
}

async function isAlive(holder: Holder, path: string): Promise<boolean> {
  if (holder.host !== hostname()) {
    const info = await stat(path).catch(() => undefined);
    return info !== undefined && Date.now() - info.mtimeMs < SILENCE_MS;
  }
  if (holder.pid <= 0) return false;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return isErrno(error, 'EPERM');
  }
  const startedAt = processStart(holder.pid);
  return startedAt === undefined || holder.startedAt === '' || startedAt === holder.startedAt;
}

/** Field 22 of /proc/<pid>/stat with the boot's id; undefined where there is no /proc. */
function processStart(pid: number): string | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const afterName = fields.slice(fields.lastIndexOf(')') + 2).split(' ');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return `${boot}/${afterName[19] ?? ''}`;
  } catch {
    return undefined;
  }
}

function readHolderTextSync(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

const isErrno = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
