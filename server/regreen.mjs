#!/usr/bin/env node
// The `regreen` command. Builds the server and the client when their sources are newer than the last build, so that a
// fresh clone runs after `npm ci` alone (with or without what is for developers only); a shipped build (no sources
// beside it) is used as it is.
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, 'dist', '.built');
const SOURCES = ['server', 'gis', 'migrations', 'samples', 'client', 'package.json', 'tsconfig.json', 'vite.config.ts'];
// Lists side by side: neither reads what the other writes. In a list one after the other.
const STEPS = [
  [
    { tool: 'typescript/bin/tsc', args: ['-p', 'server/tsconfig.json'] },
    { tool: 'vite/bin/vite.js', args: ['build', '--config', 'server/vite.config.ts', '--logLevel', 'error'] },
  ],
  [{ tool: 'vite/bin/vite.js', args: ['build', '--logLevel', 'error'] }],
];

/** Seen from the newest build backwards: whether anything was changed after `builtAtMs`. */
function isNewer(path, builtAtMs) {
  const info = statSync(path, { throwIfNoEntry: false });
  if (!info) return false;
  if (info.mtimeMs > builtAtMs) return true;
  if (!info.isDirectory()) return false;
  return readdirSync(path, { withFileTypes: true }).some(entry => isNewer(join(path, entry.name), builtAtMs));
}

function isBuilt() {
  // Without sources there is nothing that could be built, and nothing that the build could be older than.
  if (!existsSync(join(root, 'server', 'cli.ts'))) return true;
  const info = statSync(stamp, { throwIfNoEntry: false });
  if (!info || !existsSync(join(root, 'dist', 'client', 'index.html'))) return false;
  return !SOURCES.some(source => isNewer(join(root, source), info.mtimeMs));
}

function fail(en, zh) {
  process.stderr.write(`regreen: ${en}\n${zh}\n`);
  process.exit(1);
}

function run({ tool, args }) {
  return new Promise(resolve => {
    const child = spawn(process.execPath, [join(root, 'node_modules', tool), ...args], {
      cwd: root,
      stdio: ['ignore', 2, 2],
    });
    child.once('exit', code => resolve(code === 0));
  });
}

async function runAll(steps) {
  for (const step of steps) if (!(await run(step))) return false;
  return true;
}

async function build() {
  const absent = STEPS.flat().filter(({ tool }) => !existsSync(join(root, 'node_modules', tool)));
  if (absent.length > 0)
    fail('The packages are not installed; run `npm ci` first.', '尚未安装依赖包；请先运行 `npm ci`。');
  process.stderr.write('Building (once) · 正在构建（仅一次） …\n');
  const startedAt = new Date();
  const done = await Promise.all(STEPS.map(runAll));
  if (done.includes(false)) fail('The build failed; see above.', '构建失败，原因见上。');
  writeFileSync(stamp, `${startedAt.toISOString()}\n`);
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19))
  fail(
    `Node ${process.versions.node} is too old; 20.19 or later is needed.`,
    `Node ${process.versions.node} 版本过低，至少需要 20.19。`,
  );
if (!isBuilt()) await build();
await import(new URL('../dist/server/cli.js', import.meta.url).href);
