import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../server/platform/threads.ts';
import { modifiedMs, newestMs } from './build-server.ts';

const SOURCES = ['client', 'gis', 'vite.config.ts'];
const stamp = join(packageRoot, 'dist', '.built-client');

/** Vitest's set-up of the browser tests: builds the client when its sources are newer than its last build. */
export function setup(): void {
  if (modifiedMs(stamp) > Math.max(...SOURCES.map(source => newestMs(join(packageRoot, source))))) return;
  const vite = join(packageRoot, 'node_modules', 'vite', 'bin', 'vite.js');
  const build = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: packageRoot,
    encoding: 'utf8',
  });
  if (build.status !== 0) throw new Error(`The client does not build:\n${build.stdout}\n${build.stderr}`);
  writeFileSync(stamp, '');
}
