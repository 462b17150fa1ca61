import { createHash } from 'node:crypto';
import { readFile, readdir } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { RequestHandler } from 'express';
import { AppError } from '../../errors.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.jpg': 'image/jpeg',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.geojson': 'application/geo+json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.pbf': 'application/x-protobuf',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};
const PACKED = /\.(css|html|js|json|geojson|map|pbf|svg|txt|webmanifest)$/;
/** The build puts a digest into the name of everything below `assets/`. */
const HASHED = /^\/assets\//;
const A_YEAR = 'public, max-age=31536000, immutable';

interface ClientFile {
  readonly type: string;
  readonly etag: string;
  readonly bytes: Buffer;
  readonly packed: Buffer | undefined;
}

/**
 * The built web client, held in memory as it was at the start: a build that runs beside the server cannot mix two
 * versions. Unknown addresses that a browser opens get `index.html`, so that a link into the client works, but never those
 * below a first step that the API has (`ours`): there a browser is answered as any other program is. A digest-named file
 * of another version is gone by name (`asset-gone`), and where the page names files that are not there, nobody gets half a
 * page (`client-incomplete`). Other unknown files are left to the next handler, as is everything without a build.
 */
export async function staticFiles(folder: string, ours: ReadonlySet<string>): Promise<RequestHandler> {
  const files = await readFolder(folder);
  const index = files.get('/index.html');
  const missing = index ? namedFiles(index).filter(name => !files.has(name)) : [];
  return (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return next();
    const path = req.path === '/' ? '/index.html' : req.path;
    const isPage =
      extname(path) === '' && !ours.has(firstStep(path)) && (req.get('accept') ?? '').includes('text/html');
    const file = files.get(path) ?? (isPage ? index : undefined);
    if (!file && HASHED.test(path)) throw new AppError('asset-gone');
    if (!file) return next();
    if (file === index && missing.length > 0) throw new AppError('client-incomplete', { files: missing.join(', ') });
    res.set('cache-control', HASHED.test(path) ? A_YEAR : 'no-cache');
    res.set('etag', file.etag).vary('accept-encoding').type(file.type);
    if (req.get('if-none-match') === file.etag) {
      res.status(304).end();
      return;
    }
    const isPacked = file.packed !== undefined && req.acceptsEncodings('gzip') !== false;
    if (isPacked) res.set('content-encoding', 'gzip');
    const body = isPacked && file.packed ? file.packed : file.bytes;
    res.set('content-length', String(body.length)).end(req.method === 'HEAD' ? undefined : body);
  };
}

/** `api` of `/api/v1/mines`; addresses are the same in either case of letters. */
export const firstStep = (path: string): string => path.split('/')[1]?.toLowerCase() ?? '';

/** Digest-named files that the page asks for. */
const namedFiles = (page: ClientFile): string[] =>
  [...page.bytes.toString('utf8').matchAll(/\b(?:src|href)="(\/assets\/[^"?#]+)/g)].map(match => match[1] ?? '');

async function readFolder(folder: string): Promise<Map<string, ClientFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const pack = promisify(gzip);
  const read = async (path: string): Promise<[string, ClientFile]> => {
    const bytes = await readFile(path);
    const packed = PACKED.test(path) && bytes.length > 1_024 ? await pack(bytes, { level: 6 }) : undefined;
    const digest = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
    return [
      `/${relative(folder, path).split(sep).join('/')}`,
      // Weak, because packed and plain bytes share it.
      { type: TYPES[extname(path)] ?? 'application/octet-stream', etag: `W/"${digest}"`, bytes, packed },
    ];
  };
  const paths = entries.filter(one => one.isFile()).map(one => join(one.parentPath, one.name));
  return new Map(await Promise.all(paths.map(read)));
}
