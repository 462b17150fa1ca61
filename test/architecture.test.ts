// The house rules as a test: which room may import which, no circles, small files, small folders, one place for every
// overlay, one file for every foreign library that is wrapped, and a README that names the rooms that exist.
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const CODE_ROOMS = ['gis', 'server', 'client', 'migrations', 'samples', 'test'];
const MAX_LINES = 400;
const MAX_FOLDER_ENTRIES = 12;
// Lists that grow by one file for every step of history, and public pictures: long by nature, not by disorder.
const LONG_FOLDERS = new Set(['migrations', 'client/public']);

const SERVER_ROOMS_IN_ORDER = [
  'accounts',
  'organisations',
  'mines',
  'land',
  'facilities',
  'biodiversity',
  'imagery',
  'exchange',
  'portal',
];

interface ImportLine {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

function walk(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap(entry => {
    const path = `${folder}/${entry.name}`;
    if (path === 'test/output') return [];
    return entry.isDirectory() ? walk(path) : [path];
  });
}

const files = CODE_ROOMS.flatMap(walk);
const codeFiles = files.filter(path => /\.tsx?$/.test(path));
const isTest = (path: string): boolean => path.startsWith('test/') || /\.test\.tsx?$/.test(path);
const text = (path: string): string => readFileSync(join(root, path), 'utf8');

function importsOf(path: string): ImportLine[] {
  const { module } = parseSync(path, text(path));
  const reads = [
    ...module.staticImports.map(line => ({
      specifier: line.moduleRequest.value,
      typeOnly: line.entries.length > 0 && line.entries.every(entry => entry.isType),
    })),
    ...module.staticExports.flatMap(line =>
      line.entries
        .filter(entry => entry.moduleRequest)
        .map(entry => ({ specifier: entry.moduleRequest?.value ?? '', typeOnly: entry.isType })),
    ),
    ...module.dynamicImports.map(line => ({
      specifier: text(path)
        .slice(line.moduleRequest.start, line.moduleRequest.end)
        .replace(/^['"`]|['"`]$/g, ''),
      typeOnly: false,
    })),
  ];
  return reads.map(({ specifier, typeOnly }) => ({
    from: path,
    to: specifier.startsWith('.')
      ? relative(root, resolve(root, dirname(path), specifier.replace(/\?.*$/, '')))
      : specifier,
    typeOnly,
  }));
}

// AssemblyScript looks like TypeScript and is another language: compiled apart, it imports nothing but itself.
const isAssembly = (path: string): boolean => path.startsWith('gis/wasm/assembly/');
const imports = codeFiles.filter(path => !isAssembly(path)).flatMap(importsOf);
const own = (target: string): boolean => CODE_ROOMS.some(room => target.startsWith(`${room}/`));
const productImports = imports.filter(line => !isTest(line.from));
const show = (lines: readonly ImportLine[]): string[] => lines.map(line => `${line.from} -> ${line.to}`);
const roomOf = (path: string): string => path.split('/')[1] ?? '';

describe('who may import whom', () => {
  it('the core depends on nothing of ours, on no runtime and on no browser', () => {
    const wrong = productImports.filter(
      line =>
        line.from.startsWith('gis/') && ((own(line.to) && !line.to.startsWith('gis/')) || line.to.startsWith('node:')),
    );
    expect(show(wrong)).toEqual([]);
  });

  it('the core goes one way: earth <- crs, geometry <- raster <- zonal <- series', () => {
    const layer: Record<string, number> = { earth: 0, wasm: 0, crs: 1, geometry: 2, raster: 3, zonal: 4, series: 5 };
    const wrong = productImports.filter(line => {
      const from = layer[roomOf(line.from)];
      const to = line.to.startsWith('gis/') ? layer[roomOf(line.to)] : undefined;
      return line.from.startsWith('gis/') && from !== undefined && to !== undefined && to > from;
    });
    expect(show(wrong)).toEqual([]);
  });

  it('the platform knows no feature room', () => {
    const wrong = productImports.filter(
      line =>
        line.from.startsWith('server/platform/') &&
        own(line.to) &&
        !/^(server\/platform|gis|migrations)\//.test(line.to),
    );
    expect(show(wrong)).toEqual([]);
  });

  it('a feature room uses another one below it, and only through its service, contract, policy or jobs', () => {
    const wrong = productImports.filter(line => {
      if (!line.from.startsWith('server/') || !line.to.startsWith('server/')) return false;
      const from = SERVER_ROOMS_IN_ORDER.indexOf(roomOf(line.from));
      const to = SERVER_ROOMS_IN_ORDER.indexOf(roomOf(line.to));
      if (from < 0 || to < 0 || from === to) return false;
      const throughTheDoor = /\.(service|contract|jobs)\.ts$|\/policy\.ts$|-source\.ts$|\/reference\//.test(line.to);
      return to > from || !throughTheDoor;
    });
    expect(show(wrong)).toEqual([]);
  });

  it('routes hold no queries, services hold no HTTP, repositories hold no rules', () => {
    const wrong = productImports.filter(
      line =>
        (line.from.endsWith('.routes.ts') && line.to.endsWith('.repository.ts')) ||
        (line.from.endsWith('.service.ts') && (line.to.endsWith('.routes.ts') || line.to === 'express')) ||
        (line.from.endsWith('.repository.ts') && (/\.(service|routes)\.ts$/.test(line.to) || line.to === 'express')),
    );
    expect(show(wrong)).toEqual([]);
  });

  it('the client takes types from the server, never code', () => {
    const wrong = productImports.filter(
      line => line.from.startsWith('client/') && line.to.startsWith('server/') && !line.typeOnly,
    );
    expect(show(wrong)).toEqual([]);
  });

  it('one room of the client owns the map', () => {
    const wrong = productImports.filter(
      line =>
        line.from.startsWith('client/') &&
        !line.from.startsWith('client/map/') &&
        /^(maplibre-gl|terra-draw|terra-draw-maplibre-gl-adapter)/.test(line.to),
    );
    expect(show(wrong)).toEqual([]);
  });

  it('state knows no panel and no map; panels know no map', () => {
    const wrong = productImports.filter(
      line =>
        (line.from.startsWith('client/state/') && /^client\/(map|rooms|ui|shell)\//.test(line.to)) ||
        (/^client\/(rooms|ui)\//.test(line.from) && line.to.startsWith('client/map/')),
    );
    expect(show(wrong)).toEqual([]);
  });

  it('migrations do not depend on the server, which changes while they must not', () => {
    const wrong = productImports.filter(line => line.from.startsWith('migrations/') && line.to.startsWith('server/'));
    expect(show(wrong)).toEqual([]);
  });

  it('wrapped libraries have one door', () => {
    const doors: Record<string, RegExp> = {
      geotiff: /^gis\/raster\//,
      'knex-postgis': /^server\/platform\/db\//,
      '@electric-sql/pglite': /^server\/platform\/db\//,
      'pg-boss': /^server\/platform\/jobs\//,
      pg: /^server\/platform\/db\//,
      proj4: /^gis\/crs\//,
      express: /^server\/(platform\/|app\.ts)/,
    };
    const wrong = productImports.filter(line => {
      const door = doors[line.to];
      return door !== undefined && !line.typeOnly && !door.test(line.from) && !line.from.startsWith('server/portal/');
    });
    expect(show(wrong)).toEqual([]);
  });

  it('has no circles, not even of types', () => {
    const next = new Map<string, string[]>();
    for (const line of productImports) {
      if (!own(line.to)) continue;
      next.set(line.from, [...(next.get(line.from) ?? []), line.to]);
    }
    const done = new Set<string>();
    const circles: string[] = [];
    const visit = (path: string, trail: readonly string[]): void => {
      const at = trail.indexOf(path);
      if (at >= 0) {
        circles.push([...trail.slice(at), path].join(' -> '));
        return;
      }
      if (done.has(path)) return;
      for (const target of next.get(path) ?? []) visit(target, [...trail, path]);
      done.add(path);
    };
    for (const path of next.keys()) visit(path, []);
    expect(circles).toEqual([]);
  });
});

describe('one place', () => {
  it('every overlay runs on the fixed grid: the PostGIS overlay functions are called by the overlay migration alone', () => {
    const overlay = /\bst_(union|difference|intersection|symdifference|unaryunion)\s*\(/i;
    const wrong = files
      .filter(path => /\.(ts|sql)$/.test(path) && !isTest(path) && !/^migrations\/\d+_overlay\.ts$/.test(path))
      .filter(path => overlay.test(text(path)));
    expect(wrong).toEqual([]);
  });

  it('only the earth has a radius', () => {
    const wrong = codeFiles.filter(
      path =>
        /^(gis|server|client)\//.test(path) &&
        !isTest(path) &&
        !path.startsWith('gis/earth/') &&
        /\b6_?3(78_?137|71_?00)/.test(text(path)),
    );
    expect(wrong).toEqual([]);
  });

  it('public readers never name the schema of exact places', () => {
    const wrong = files.filter(path => /public\.(repository\.ts|sql)$/.test(path) && /\brestricted\b/.test(text(path)));
    expect(wrong).toEqual([]);
  });

  it('a statement that reaches exact places says so in its name, so that the store is chosen before it', () => {
    const naming = files.filter(path => path.endsWith('.sql') && /\brestricted\./.test(text(path)));
    expect(naming.length).toBeGreaterThan(5);
    expect(naming.filter(path => !/(\.exact|\.restricted|-exact-place)\.sql$/.test(path))).toEqual([]);
  });

  it('no reported area comes from a library on a sphere', () => {
    const wrong = imports.filter(line => line.to.startsWith('@turf/') && !/^client\/|^test\//.test(line.from));
    expect(show(wrong)).toEqual([]);
    expect(codeFiles.filter(path => !isTest(path) && /turf[^\n]*\barea\b/.test(text(path)))).toEqual([]);
  });
});

describe('sizes', () => {
  it(`no file is longer than ${MAX_LINES} lines`, () => {
    const written = files.filter(path => /\.(tsx?|mjs|css|sql)$/.test(path));
    const long = written.filter(path => text(path).split('\n').length > MAX_LINES);
    expect(long).toEqual([]);
  });

  it(`no folder has more than ${MAX_FOLDER_ENTRIES} entries besides unit tests`, () => {
    const folders = new Set(files.map(path => dirname(path)));
    const crowded = [...folders].filter(folder => {
      if (LONG_FOLDERS.has(folder)) return false;
      const entries = readdirSync(join(root, folder), { withFileTypes: true }).filter(
        entry => !/\.test\.tsx?$/.test(entry.name),
      );
      // A whole building's ground floor holds its rooms and, beside them, its entrances.
      const rooms = entries.filter(entry => entry.isDirectory()).length;
      if (CODE_ROOMS.includes(folder)) return Math.max(rooms, entries.length - rooms) > MAX_FOLDER_ENTRIES;
      return entries.length > MAX_FOLDER_ENTRIES;
    });
    expect(crowded).toEqual([]);
  });

  it('no drawer is called utils', () => {
    const drawers = files.filter(
      path => /(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.tsx?$)/.test(path) && !path.startsWith('test/'),
    );
    expect(drawers).toEqual([]);
  });
});

describe('the README', () => {
  it('names every room that exists and none that does not', () => {
    const readme = text('README.md');
    const named = [...readme.matchAll(/^\| `((?:gis|server|client)\/[a-z0-9-]+)\/` \|/gm)]
      .map(match => match[1] ?? '')
      .toSorted();
    const rooms = ['gis', 'server', 'client']
      .flatMap(top =>
        readdirSync(join(root, top))
          .filter(name => statSync(join(root, top, name)).isDirectory() && name !== 'public')
          .map(name => `${top}/${name}`),
      )
      .toSorted();
    expect(named).toEqual(rooms);
  });

  it('gives a reason for every dependency', () => {
    const readme = text('README.md');
    const manifest = JSON.parse(text('package.json')) as { dependencies: Record<string, string> };
    expect(Object.keys(manifest.dependencies).filter(name => !readme.includes(`\`${name}\``))).toEqual([]);
  });
});

/** Texts of a file, without its comments and patterns: what may come before a reader. */
function textsOf(path: string): string[] {
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (node === null || typeof node !== 'object') return;
    if (Array.isArray(node)) return node.forEach(visit);
    const { type, value } = node as { readonly type?: unknown; readonly value?: unknown };
    if (type === 'Literal' && typeof value === 'string') found.push(value);
    else if (type === 'TemplateElement') found.push((value as { readonly raw: string }).raw);
    else Object.values(node).forEach(visit);
  };
  visit(parseSync(path, text(path)).program);
  return found;
}

describe('Chinese', () => {
  it('is written with the punctuation of Chinese, wherever a reader may see it', () => {
    // What files of others are read by keeps the spelling of those files.
    const isOfOthers = (path: string): boolean => /^server\/exchange\/(imports\/mapping|survey-files)\//.test(path);
    const beside = /[\u4e00-\u9fff][,;:?!(]|[,;:?!)][\u4e00-\u9fff]/;
    const wrong = codeFiles
      .filter(path => !isTest(path) && !/\.fixture\./.test(path) && !isOfOthers(path))
      .filter(path => /[\u4e00-\u9fff]/.test(text(path)))
      .flatMap(path =>
        textsOf(path)
          // The head of a table of boundary points, as it is typed.
          .map(one => one.replaceAll('点号,圈号,', ''))
          .filter(one => beside.test(one))
          .map(one => `${path}: ${one}`),
      );
    expect(wrong).toEqual([]);
  });
});
