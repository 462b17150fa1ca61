#!/usr/bin/env node
// The `regreen` command. Builds the server and the client when their sources are newer than the last build, so that a
// fresh clone runs after `npm ci` alone; a shipped build (no sources beside it) is used as it is.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'dist', '.built');
const sources = ['server', 'gis', 'migrations', 'samples', 'client', 'package.json', 'tsconfig.json', 'vite.config.ts'];

function newestMtimeMs(path) {
  const info = statSync(path, { throwIfNoEntry: false });
  if (!info) return 0;
  if (!info.isDirectory()) return info.mtimeMs;
  return readdirSync(path).reduce((newest, name) => Math.max(newest, newestMtimeMs(join(path, name))), 0);
}

function isBuilt() {
  if (!existsSync(stamp)) return false;
  const builtAtMs = statSync(stamp).mtimeMs;
  return sources.every(source => newestMtimeMs(join(root, source)) <= builtAtMs);
}

if (!isBuilt()) {
  process.stderr.write('Building (once) …\n');
  const startedAt = new Date();
  const build = spawnSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (build.status !== 0) process.exit(build.status ?? 1);
  writeFileSync(stamp, `${startedAt.toISOString()}\n`);
}
await import(new URL('../dist/server/cli.js', import.meta.url).href);
