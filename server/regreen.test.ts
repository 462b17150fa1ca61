import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from './platform/threads.ts';

const read = (path: string): string => readFileSync(join(packageRoot, path), 'utf8');
const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Readonly<Record<string, string>> };
const packageOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

describe('the first start', () => {
  it('builds with what `npm ci --omit=dev` installs', () => {
    const sources = ['server', 'gis', 'migrations', 'samples', 'client'].flatMap(room =>
      readdirSync(join(packageRoot, room), { recursive: true, encoding: 'utf8' })
        .filter(path => /\.tsx?$/.test(path) && !/\.test\.tsx?$/.test(path))
        .map(path => `${room}/${path}`),
    );
    const needed = [...sources, 'vite.config.ts'].flatMap(path =>
      [...read(path).matchAll(/^(?:import|export) (?!type )[^;]*?from '([^'.][^']*)';|^import '([^'.][^']*)';/gms)]
        .map(match => match[1] ?? match[2] ?? '')
        .filter(specifier => !specifier.startsWith('node:'))
        .map(specifier => ({ path, name: packageOf(specifier) })),
    );
    expect(needed.length).toBeGreaterThan(50);
    expect(needed.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['vite', 'express', 'maplibre-gl', 'preact']),
    );
    expect(needed.filter(({ name }) => !(name in dependencies))).toEqual([]);
  });

  it('calls tools that are installed with the product, and needs no package of types', () => {
    const tools = [...read('server/regreen.mjs').matchAll(/tool: '([^'/]+)\//g)].map(match => match[1] ?? '');
    expect(tools).toEqual(['typescript', 'vite', 'vite']);
    expect(tools.filter(name => !(name in dependencies))).toEqual([]);
    expect(read('server/tsconfig.json')).toMatch(/"noCheck": true/);
  });
});
