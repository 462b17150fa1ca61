import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseSync } from 'vite';
import { expect, it } from 'vitest';
import { packageRoot } from '../../platform/threads.ts';

const built = join(packageRoot, 'dist');
const NODE_ALONE = /^(node:)?(fs|module|path|url|util|v8|vm|zlib|events|worker_threads)(\/|$)/;

/** All that a built file brings with it before its first line runs: our own files, and what they name of others'. */
function load(path: string, files = new Set<string>(), others = new Set<string>()) {
  files.add(relative(built, path));
  for (const { moduleRequest } of parseSync(path, readFileSync(path, 'utf8')).module.staticImports) {
    const { value } = moduleRequest;
    if (!value.startsWith('.')) others.add(value);
    else if (!files.has(relative(built, join(dirname(path), value)))) load(join(dirname(path), value), files, others);
  }
  return { files: [...files], others: [...others] };
}

it('the built command and its thread start from a handful of files, and from no package', () => {
  for (const entry of ['zonal.command.js', 'zonal/parts/measure-zones.js', 'zonal/zonal.thread.js']) {
    const path = join(built, 'server/exchange', entry);
    expect(existsSync(path), `${path} is built`).toBe(true);
    const { files, others } = load(path);
    expect(files.length, files.join(' ')).toBeLessThan(12);
    expect(others.filter(name => !NODE_ALONE.test(name))).toEqual([]);
  }
});
