import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../server/platform/threads.ts';

const SOURCES = ['server', 'gis', 'migrations', 'samples'];
/** As the `build:server` of package.json. */
const STEPS = [
  ['typescript/bin/tsc', '-p', 'server/tsconfig.json'],
  ['vite/bin/vite.js', 'build', '--config', 'server/vite.config.ts', '--logLevel', 'error'],
] as const;
const stamp = join(packageRoot, 'dist', '.built-server');
const busy = join(packageRoot, 'dist', '.building-server');

/** Compiles the server when its sources are newer: Node cannot load TypeScript in a worker thread. */
function buildServer(): void {
  if (modifiedMs(stamp) > Math.max(...SOURCES.map(source => newestMs(join(packageRoot, source))))) return;
  mkdirSync(join(packageRoot, 'dist'), { recursive: true });
  while (!claim()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  try {
    const startedAt = new Date();
    for (const [tool, ...args] of STEPS) {
      const build = spawnSync(process.execPath, [join(packageRoot, 'node_modules', tool), ...args], {
        cwd: packageRoot,
        encoding: 'utf8',
      });
      if (build.status !== 0)
        process.stderr.write(`The server does not compile cleanly:\n${build.stdout}${build.stderr}\n`);
    }
    writeFileSync(stamp, `${startedAt.toISOString()}\n`);
  } finally {
    rmSync(busy, { recursive: true, force: true });
  }
}

/** Vitest's global set-up. */
export const setup = buildServer;

function claim(): boolean {
  try {
    mkdirSync(busy);
    return true;
  } catch {
    if (Date.now() - modifiedMs(busy) > 60_000) rmSync(busy, { recursive: true, force: true });
    return false;
  }
}

/** When what runs now was built; 0 before the first time. */
export const builtAtMs = (): number => modifiedMs(stamp);

export function modifiedMs(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

/** When the youngest file of a tree was last changed. */
export function newestMs(path: string): number {
  const info = statSync(path, { throwIfNoEntry: false });
  if (!info?.isDirectory()) return info?.mtimeMs ?? 0;
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestMs(join(path, name))), 0);
}
