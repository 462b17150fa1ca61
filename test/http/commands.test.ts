import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../server/platform/threads.ts';

describe('commands that cannot be carried out', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'regreen-commands-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function run(
    argv: readonly string[],
    env: Record<string, string>,
  ): Promise<{ code: number | null; out: string; err: string }> {
    const child = spawn(process.execPath, [join(packageRoot, 'dist/server/cli.js'), ...argv], {
      env: { PATH: process.env['PATH'], REGREEN_LOG: 'warn', REGREEN_DEMO: '0', PORT: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    return new Promise(resolve => child.once('close', code => resolve({ code, out, err })));
  }

  it('only tell what they are when they are asked, and touch nothing', async () => {
    const dataDir = join(folder, 'untouched');
    for (const name of ['serve', 'worker', 'migrate', 'seed', 'verify']) {
      const told = await run([name, '--help'], { REGREEN_DATA_DIR: dataDir });
      expect([name, told.code, told.err]).toEqual([name, 0, '']);
      expect(told.out).toContain(`regreen ${name}: `);
    }
    const { code, err } = await run(['migrate', '--dry-run'], { REGREEN_DATA_DIR: dataDir });
    expect([code, err]).toEqual([2, 'regreen migrate: takes no arguments, not --dry-run\n']);
    expect(existsSync(dataDir)).toBe(false);
  });

  it('name a data folder that cannot be one, in both languages and without a stack', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'x');
    const { code, err } = await run(['serve'], { REGREEN_DATA_DIR: file });
    expect([code, err.split('\n')[0]]).toEqual([1, 'regreen: path-unusable']);
    expect(err).toContain(`${file}/objects`);
    expect(err).toMatch(/无法使用/);
    expect(err).not.toMatch(/\n {4}at /);
  });

  it('name an address that is not of this machine', async () => {
    const { code, err } = await run(['serve'], { REGREEN_DATA_DIR: join(folder, 'data'), HOST: '203.0.113.1' });
    expect([code, err.split('\n')[0]]).toEqual([1, 'regreen: address-unusable']);
    expect(err).toMatch(/203\.0\.113\.1.*EADDRNOTAVAIL/);
  });
});
